"""The pure middle: definitions, live objects and state in, a plan out."""
