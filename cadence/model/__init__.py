"""What Cadence is about: typed, frozen values and the `Calendar` snapshot.

Imports nothing from the other floors.
"""
