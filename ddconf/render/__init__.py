"""A plan in each format, `render(plan, view) -> str`; and what other commands print."""
