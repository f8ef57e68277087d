"""The service around the detectors: how texts come in and findings go out."""
