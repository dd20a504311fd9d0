"""The YAML side: text to definitions, and documents back to text."""
