"""What shippers send, read into plain values: encodings, bodies, logs, series, sketches, events, checks."""
