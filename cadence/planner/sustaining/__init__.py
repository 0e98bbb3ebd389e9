"""Answers about the promise: what it needs, what the team has, how dense it can be, what would help."""
