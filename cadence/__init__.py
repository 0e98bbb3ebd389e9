"""Cadence keeps a small company posting consistently, on top of everyone's day job."""

__version__ = "0.1.0"
