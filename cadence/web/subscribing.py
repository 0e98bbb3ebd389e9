"""How a reader subscribes: a link for each calendar app, and who can reach this address at all."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import quote, urlsplit

from cadence.language import _, later
from cadence.model.feeds import FeedKind, Links
from cadence.web.qr import qr_svg

HOME_NAMES = (".local", ".lan", ".internal", ".home.arpa", ".localhost", ".test")
"""Names that mean something in one network only (RFC 6762, 6761, 8375)."""

ONLY_HERE = later(
    "This address works on this computer only. Google and Outlook fetch a feed from their own servers and "
    "cannot reach it: they need a public https address."
)
ONLY_IN_HOUSE = later(
    "This address works in your own network only. Google and Outlook fetch a feed from their own servers and "
    "cannot reach it: they need a public https address."
)
NOT_YET = later("This is the address of this page. A phone cannot open it while only this computer can.")
NOT_SECURE = later("Outlook takes https addresses only, and this is not one.")
FEW_APPS = later("Few apps show to-dos: Thunderbird and GNOME do, Google and Outlook do not.")


@dataclass(frozen=True)
class Button:
    """A link that subscribes in one app; `hint` says what happens."""

    app: str
    href: str
    hint: str


@dataclass(frozen=True)
class Subscribing:
    """`feed` is the address to copy into any other app; `notes` are what stands in the way; `qr` is SVG."""

    buttons: tuple[Button, ...]
    feed: str
    notes: tuple[str, ...]
    qr: str
    qr_hint: str


def subscribing(links: Links, name: str, kind: FeedKind) -> Subscribing:
    """The ways to subscribe to a feed; `name` is what the calendar will be called where the app asks."""
    reach = _reach(links.feed)
    notes = ((FEW_APPS,) if kind == "tasks" else ()) + ((reach,) if reach else ())
    return Subscribing(
        buttons=_buttons(links, name, kind),
        feed=links.feed,
        notes=tuple(map(_, notes)),
        qr=qr_svg(links.page),
        qr_hint=_(NOT_YET) if reach == ONLY_HERE else _("Scan this to open the page there."),
    )


def _buttons(links: Links, name: str, kind: FeedKind) -> tuple[Button, ...]:
    """Google wants a webcal address in its link, Outlook an https one."""
    if kind == "tasks":
        hint = _("opens in the app that this device uses for calendars")
        return (Button(_("Tasks app"), links.webcal, hint),)
    outlook = f"/calendar/0/addfromweb?url={quote(links.feed, safe='')}&name={quote(name, safe='')}"
    return (
        Button(
            "Google Calendar",
            f"https://calendar.google.com/calendar/render?cid={quote(links.webcal, safe='')}",
            _("looks for news every 8 to 24 hours"),
        ),
        Button("Apple Calendar", links.webcal, _("iPhone, iPad and Mac; Thunderbird opens it too")),
        Button("Outlook.com", f"https://outlook.live.com{outlook}", _("a personal account")),
        Button(_("Outlook at work"), f"https://outlook.office.com{outlook}", "Microsoft 365"),
    )


def _reach(address: str) -> str:
    """Why some apps cannot reach an address; empty: nothing is known against it."""
    split = urlsplit(address)
    host = split.hostname or ""
    try:
        ip = ip_address(host)
    except ValueError:
        if host == "localhost" or host.endswith(".localhost"):
            return ONLY_HERE
        if "." not in host or host.endswith(HOME_NAMES):
            return ONLY_IN_HOUSE
    else:
        if ip.is_loopback:
            return ONLY_HERE
        if not ip.is_global:
            return ONLY_IN_HOUSE
    return "" if split.scheme == "https" else NOT_SECURE
