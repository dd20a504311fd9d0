"""One file per resource kind; each defines `KIND`."""
