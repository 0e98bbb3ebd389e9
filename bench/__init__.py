"""Measurements: `python -m bench` prints a table for each part of the program."""
