"""The register comes in and goes out as a file: read, compared, taken over, undone, exported."""
