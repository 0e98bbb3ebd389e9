"""Feeds that any calendar app can subscribe to.

`published` gives one feed as a server sends it, `feed` its bytes, `export` writes all of them into a folder.
Only `render` knows the library that writes iCalendar, and it is loaded only when something has to be written
anew.
"""

from cadence.ical.feeds.cache import EventCache
from cadence.ical.feeds.feed import Published, feed, published
from cadence.ical.feeds.folder import Report, export, size_note
from cadence.ical.feeds.selection import GAPS, TEAM, WARNINGS, Selection

__all__ = [
    "GAPS",
    "TEAM",
    "WARNINGS",
    "EventCache",
    "Published",
    "Report",
    "Selection",
    "export",
    "feed",
    "published",
    "size_note",
]
