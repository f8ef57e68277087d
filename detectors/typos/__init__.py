"""Typing errors (错别字)."""
