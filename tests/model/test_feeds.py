"""The addresses that a token opens."""

import pytest

from cadence.model.feeds import Links, is_only_here, links


def test_one_token_opens_a_page_and_a_feed():
    assert links("https://example.com/cadence", "abc") == Links(
        page="https://example.com/cadence/f/abc",
        feed="https://example.com/cadence/f/abc.ics",
        webcal="webcal://example.com/cadence/f/abc.ics",
    )


def test_without_an_address_the_feeds_are_served_here():
    assert links(None, "abc").page == "http://127.0.0.1:8321/f/abc"


@pytest.mark.parametrize(
    ("base", "here"),
    [
        (None, True),
        ("http://localhost:8000", True),
        ("http://[::1]/x", True),
        ("http://127.3.2.1", True),
        ("http://192.168.1.5:8321", False),
        ("https://example.com", False),
    ],
)
def test_an_address_of_this_computer_opens_nowhere_else(base, here):
    assert is_only_here(base) is here
