"""Back-ups: everything in one encrypted file, and the proof that what comes back is what went in."""
