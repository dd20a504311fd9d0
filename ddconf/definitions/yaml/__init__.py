"""YAML text: read with positions, written, formatted, and edited in place."""
