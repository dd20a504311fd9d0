"""One file per command: parse options, call an operation, render."""
