"""Webhooks: what happened to reviews is told to those who asked for it (Standard Webhooks)."""
