"""A changed value told as small edits, as a person would describe them."""
