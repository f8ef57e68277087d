"""Programs of others that the benches run, each in an environment of its own."""
