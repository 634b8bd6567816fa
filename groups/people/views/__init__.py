"""Pages about people: the directory and profiles, the own settings, coming in, roles, the register."""
