"""Punctuation, numbers and document form (标点数字格式)."""
