"""A plan carried out, one change after another."""
