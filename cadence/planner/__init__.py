"""Who does what: a problem as plain data, plans for it, and answers about them.

Pure functions of their arguments. Only `engine` knows the solver; only `building` and what stands on it the
calendar.
"""
