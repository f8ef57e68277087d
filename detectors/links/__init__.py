"""Links and addresses of pages (链接)."""
