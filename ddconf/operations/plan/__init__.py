"""What a plan needs: state, definitions and live objects read, and compared."""
