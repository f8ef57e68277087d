"""What can be wrong, a folder a category; inside it every file is one detector."""
