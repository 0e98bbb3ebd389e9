"""Busy time: what calendar files of the day job leave of somebody's working hours."""
