"""Speed and quality, each measured by one command."""
