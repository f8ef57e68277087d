"""Persons in a text: their numbers, their names, and the part they play where they stand."""
