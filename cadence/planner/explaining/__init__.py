"""Answers about one task: who could take it, why this one and not that one, why nobody, what would help."""
