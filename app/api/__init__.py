"""HTTP: one small router per audience."""
