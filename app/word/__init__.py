"""Drafts as Word documents, in and out; nothing is stored."""
