"""Programs that know LanguageTool's interface, each run by an interpreter that has it; the tests only start them."""
