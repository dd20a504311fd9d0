"""A team's own rules: matches of ddconf.yaml, and Python files of a folder that the operator names.

Python runs in a process of its own, without this one's environment, and never from the checkout that is
checked while keys are at hand: see docs/decisions/0032.
"""
