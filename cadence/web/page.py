"""The page at a reader's secret address, for people without a terminal: HTML without a script, one style
sheet, nothing from elsewhere."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from cadence.model.calendar import Calendar
from cadence.model.feeds import Feed, Links
from cadence.model.marks import mark
from cadence.web.strips import STATE_WORDS, WEEKS_AHEAD, WEEKS_BACK
from cadence.web.subscribing import subscribing
from cadence.web.view import view

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What a browser may load for the page: its own style sheet and icon. No script, no frame, no form."""
STATIC = Path(__file__).with_name("static")
_TEMPLATES = Path(__file__).with_name("templates")


def page(calendar: Calendar, feed: Feed, now: datetime, links: Links) -> bytes:
    """The page of a feed as UTF-8 HTML. NotFound if the feed's member or channel is gone.

    `links` are the addresses that its token opens (`model.feeds.links`). The page names its style sheet
    relative to itself, as `../static/page.css?v=…`, where v changes with the file: it may be kept for ever.
    """
    shown = view(calendar, feed, now)
    ways = subscribing(links, shown.name, feed.kind)
    return environment().get_template("page.html").render(shown=shown, ways=ways).encode()


@lru_cache(maxsize=1)
def environment() -> Environment:
    """How every page is written: all text escaped, a missing value an error."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(
        mark=mark,
        state_words=STATE_WORDS,
        weeks_back=WEEKS_BACK,
        weeks_ahead=WEEKS_AHEAD,
        static=_static_address,
    )
    return environment


@lru_cache
def _static_address(name: str) -> str:
    return f"../static/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"
