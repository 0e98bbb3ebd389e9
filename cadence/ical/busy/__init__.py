"""Busy time: what calendar files of the day job leave of somebody's working hours.

`fetch` gets a calendar by its address, and `addresses` keeps that secret. `guarded.read_safely` reads it in a
process of its own (`child`), by `read.read_busy`: `text` finds the lines that say when, `entries` makes sense
of them (`values`, `zones`), `series` and `rules` repeat them. Intervals come out, never a word of the file.
"""
