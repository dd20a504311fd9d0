"""Datadog's clients in other languages against the sandbox; `make clients` installs them."""
