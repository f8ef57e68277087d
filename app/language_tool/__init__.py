"""LanguageTool's HTTP interface, so that programs which know it can ask here: requests, answers, words."""
