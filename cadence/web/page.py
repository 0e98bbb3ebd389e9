"""The page at a reader's secret address, for people without a terminal: HTML without a script, one style
sheet, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from cadence import language
from cadence.insight.offers import today_of
from cadence.model.calendar import Calendar
from cadence.model.feeds import Feed, Links
from cadence.model.marks import mark
from cadence.model.words import severity_word, slot_word, state_word
from cadence.web.deeds import FORMS
from cadence.web.forms import seal
from cadence.web.part import channels
from cadence.web.rights import writer
from cadence.web.strips import SLOT_STATES, WEEKS_AHEAD, WEEKS_BACK
from cadence.web.subscribing import subscribing
from cadence.web.told import told
from cadence.web.view import view

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What a browser may load for the page: its own style sheet and icon. No script, no frame, no form."""
POLICY_WITH_FORMS = CONTENT_SECURITY_POLICY.replace("form-action 'none'", "form-action 'self'")
STATIC = Path(__file__).with_name("static")
_TEMPLATES = Path(__file__).with_name("templates")
_COMMAND = "`cadence "


def page(
    calendar: Calendar, feed: Feed, now: datetime, links: Links, said: tuple[str, int, str] | None = None
) -> bytes:
    """The page of a feed as UTF-8 HTML. NotFound if the feed's member or channel is gone.

    It is in the language that is spoken here. `links` are the addresses that its token opens
    (`model.feeds.links`), `said` what the page is asked to tell of first (`told.asked_about`). The page names
    its style sheet relative to itself, as `../static/page.css?v=…`, where v changes with the file: it may be
    kept for ever.
    """
    shown = view(calendar, feed, now)
    ways = subscribing(links, shown.name, feed.kind)
    reader, news, seals = writer(calendar, feed, now), None, {}
    if reader is not None:
        news = told(calendar, reader.id, said) if said else None
        seals = _seals(links.page.rpartition("/")[2], now)
    html = environment().get_template("page.html").render(shown=shown, ways=ways, news=news, seals=seals)
    return html.encode()


def not_done(
    calendar: Calendar,
    token: str,
    action: str,
    typed: Mapping[str, str],
    reason: str,
    remedy: str,
    now: datetime,
) -> bytes:
    """What a reader sees in place of their page when a form could not be taken: why, and what they typed,
    ready to be sent again."""
    html = (
        environment()
        .get_template("not_done.html")
        .render(
            team=calendar.team.name,
            action=action,
            typed=typed,
            reason=reason[:1].upper() + reason[1:],
            remedy="" if _COMMAND in remedy else remedy[:1].upper() + remedy[1:],
            channels=channels(calendar),
            first_day=today_of(calendar, now).isoformat(),
            seals=_seals(token, now),
        )
    )
    return html.encode()


def headers(*, has_forms: bool) -> dict[str, str]:
    """The header fields of a page in the language spoken here. One with forms tells its own server where they
    were, so that this can see that they were here; no other server is told."""
    return {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Language": language.speech().code,
        "Vary": "Accept-Language",
        "Cache-Control": "private, no-cache",
        "Content-Security-Policy": POLICY_WITH_FORMS if has_forms else CONTENT_SECURITY_POLICY,
        "Referrer-Policy": "same-origin" if has_forms else "no-referrer",
    }


def _seals(token: str, now: datetime) -> dict[str, str]:
    return {action: seal(token, action, now) for action in FORMS}


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
        _=_said,
        n_=_counted,
        p_=_meant,
        language=lambda: language.speech().code,
        state_word=state_word,
        slot_word=slot_word,
        slot_states=SLOT_STATES,
        severity_word=severity_word,
        weeks_back=WEEKS_BACK,
        weeks_ahead=WEEKS_AHEAD,
        static=_static_address,
    )
    return environment


# What templates say. A gap may hold markup of theirs; neither a translation nor what people wrote can.


def _said(text: str, **gaps: object) -> Markup:
    return _filled(language._(text), gaps)


def _counted(one: str, many: str, number: int, **gaps: object) -> Markup:
    return _filled(language.speech().sentences.ngettext(one, many, number), {"number": number, **gaps})


def _meant(context: str, text: str, **gaps: object) -> Markup:
    return _filled(language.p_(context, text), gaps)


def _filled(sentence: str, gaps: Mapping[str, object]) -> Markup:
    return escape(sentence).format(**gaps)


@lru_cache
def _static_address(name: str) -> str:
    return f"../static/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"
