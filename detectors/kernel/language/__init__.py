"""How likely a stretch of Chinese is, and what was probably meant where it is not."""
