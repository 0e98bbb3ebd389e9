"""How a calendar travels: feeds that any calendar app can subscribe to.

`feed` gives the bytes of one feed, `export` writes all of them into a folder. Only `render` knows the library
that writes iCalendar, and it is loaded only when something has to be written anew.
"""

from cadence.ical.cache import EventCache
from cadence.ical.export import Report, export
from cadence.ical.feed import GAPS, TEAM, Selection, feed

__all__ = ["GAPS", "TEAM", "EventCache", "Report", "Selection", "export", "feed"]
