"""Pages of subgroups: the ones for everybody, the ways in, the manager's desk, the umbrella."""
