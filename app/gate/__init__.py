"""The gate before publishing: what a review is, who may release it, and how its token is bound to one text."""
