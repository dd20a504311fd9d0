"""Speed, as ratios within one run; goals stand beside the figures."""
