"""One file per command; each defines `command`, and its first line is the help in the list."""
