"""Questions about what has arrived: searches, groups, series over time; values in, values out."""
