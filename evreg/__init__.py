"""The command line: it wires the packages and holds no logic."""
