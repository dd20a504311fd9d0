"""One file for each group of paths; the folder is the routing table."""
