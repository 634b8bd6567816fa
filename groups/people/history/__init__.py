"""Settings whose changes are kept with who and when, each with a way back (docs/adr/0020)."""
