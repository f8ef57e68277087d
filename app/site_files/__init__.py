"""The site lexicon as a table that people fill in: CSV and xlsx."""
