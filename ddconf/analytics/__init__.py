"""Log queries of dashboards computed over logs at hand: search, aggregate, group, then formulas."""
