"""Personal data that must not be published (隐私泄露)."""
