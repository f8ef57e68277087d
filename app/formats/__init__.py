"""What files can be read, a file a format: each exports FORMAT, and nothing else need know of it."""
