"""Sensitive and style terms (敏感与禁慎用词)."""
