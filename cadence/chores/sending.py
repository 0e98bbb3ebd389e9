"""The one door to apprise, which knows mail, Slack, Teams, Telegram, ntfy and a hundred more.

It is an extra, and it is loaded here only, when something is sent or an address is given.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from cadence.language import _
from cadence.model.errors import BadInput

if TYPE_CHECKING:
    from apprise import NotifyBase


def check_apprise() -> None:
    """BadInput where apprise is not installed."""
    _load()


def check_address(url: str, label: str) -> None:
    """BadInput, which names the label, unless apprise can send to this address."""
    if _open(url) is None:
        raise BadInput(
            _("apprise cannot send to that {label} address", label=label),
            _("see https://github.com/caronc/apprise/wiki for how it is written"),
        )


def send(url: str, subject: str, text: str) -> bool:
    """Send a message; whether it was accepted at the other end."""
    apprise, place = _load(), _open(url)
    if place is None:
        return False
    try:
        # By way of `Apprise`, which turns plain text into what a service reads: without it a title with
        # markup would be markup.
        told = apprise.Apprise(place, asset=place.asset)
        return bool(told.notify(body=text, title=subject, body_format=apprise.NotifyFormat.TEXT))
    except Exception:
        # Each of a hundred services fails in its own way, and its words may hold the address.
        return False


def _open(url: str) -> NotifyBase | None:
    apprise = _load()
    us = apprise.AppriseAsset(
        app_id="Cadence",
        app_desc="Cadence",
        app_url="",
        async_mode=False,
        image_url_mask="",
        image_url_logo="",
        secure_logging=True,
    )
    place = apprise.Apprise.instantiate(url, asset=us)
    if place is not None and "format=" not in url:
        # Mail would be HTML otherwise, whose lines no phone can wrap.
        place.notify_format = apprise.NotifyFormat.TEXT
    return place


def _load() -> Any:
    try:
        import apprise
    except ImportError:
        raise BadInput(
            _("digests are sent by apprise, which is not installed"),
            _("`pip install 'cadence[notify]'` (or `pip install apprise`) where Cadence is installed"),
        ) from None
    # What apprise logs may hold parts of addresses; that something failed, and where, is told by us.
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    return apprise
