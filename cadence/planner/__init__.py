"""Who does what: a problem as plain data, plans for it, and answers about them.

`problem`, `plan`, and `check`, which looks at every plan a second time, stand for themselves; `engine` alone
knows the solver. `solving` makes plans, `explaining` and `sustaining` answer questions, and `bridge` leads to
the calendar and back. Pure functions of their arguments.
"""
