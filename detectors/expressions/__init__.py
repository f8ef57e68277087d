"""Fixed political and official expressions (固定表述)."""
