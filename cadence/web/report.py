"""A retrospective as one HTML file to show in a meeting or to print: no script, nothing from elsewhere."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from hashlib import sha256

from cadence.insight.review import Review
from cadence.model.calendar import Calendar
from cadence.web.looking_back import looking_back
from cadence.web.page import STATIC, environment


def report(calendar: Calendar, found: Review, start: datetime, end: datetime, now: datetime) -> bytes:
    """A review of [start, end) as UTF-8 HTML that needs no other file; the same review gives the same bytes.

    Its own policy lets a browser load nothing but its style (CSP 3, the hash of an inline style).
    """
    style = "".join((STATIC / name).read_text("utf-8") for name in ("page.css", "report.css"))
    html = (
        environment()
        .get_template("report.html")
        .render(
            shown=looking_back(calendar, found, start, end, now),
            style=style,
            policy=f"default-src 'none'; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'",
        )
    )
    return html.encode()


def _hash(style: str) -> str:
    return f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"
