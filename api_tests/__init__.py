"""Tests, and the golden findings on whole texts."""
