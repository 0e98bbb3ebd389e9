"""Feeds that any calendar app can subscribe to.

`feed` gives the bytes of one feed, `export` writes all of them into a folder. Only `render` knows the library
that writes iCalendar, and it is loaded only when something has to be written anew.
"""

from cadence.ical.feeds.cache import EventCache
from cadence.ical.feeds.feed import GAPS, TEAM, Selection, feed
from cadence.ical.feeds.folder import Report, export

__all__ = ["GAPS", "TEAM", "EventCache", "Report", "Selection", "export", "feed"]
