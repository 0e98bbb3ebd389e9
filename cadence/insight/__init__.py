"""What follows from a calendar: slots, matching, consistency, capacity, warnings.

Pure functions of a `Calendar`, dates, and the moment `now` (aware, UTC); nothing here reads the clock or
changes anything.
"""
