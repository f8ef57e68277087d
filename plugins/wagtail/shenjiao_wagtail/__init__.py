"""Wagtail pages go live only as texts that the proofreading service Shenjiao lets through."""
