"""What may be done: pure functions `(calendar, who, arguments, now) -> Edit`, one file per subject.

An operation reads one snapshot and returns what changes, or raises `Refused`, `BadInput` or `NotFound` with a
sentence that says why. It never reads the clock, never stores anything, and never sees a store.
"""
