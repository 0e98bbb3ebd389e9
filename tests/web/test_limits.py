"""How many requests an address may make; the clock is a number."""

from __future__ import annotations

import pytest

from cadence.web import limits
from cadence.web.limits import SECONDS_AT_ONCE, Rates, neighbourhood


def test_whoever_was_quiet_may_ask_some_at_once_and_then_at_the_rate() -> None:
    rates = Rates(2)
    assert [rates.admits("a", 0) for _ in range(2 * SECONDS_AT_ONCE + 1)] == [True] * 8 + [False]
    assert rates.admits("a", 0.5)
    assert not rates.admits("a", 0.5)
    assert [rates.admits("a", 1000) for _ in range(9)] == [True] * 8 + [False]


def test_one_address_does_not_take_from_another() -> None:
    rates = Rates(0.25)
    assert rates.admits("a", 0)
    assert not rates.admits("a", 0)
    assert rates.admits("b", 0)
    assert rates.retry_after == 4


def test_without_a_rate_all_may_come() -> None:
    assert all(Rates(0).admits("a", 0) for _ in range(1000))


def test_only_so_many_addresses_are_remembered_the_latest_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ADDRESSES", 3)
    rates = Rates(0.25)
    for address in ("a", "b", "c", "a", "d"):
        rates.admits(address, 0)
    assert len(rates._buckets) == 3
    assert not rates.admits("a", 0)
    assert rates.admits("b", 0)


@pytest.mark.parametrize(
    ("address", "shared"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002/64"),
        ("2001:db8:1:2::9", "2001:0db8:0001:0002/64"),
        ("fe80::1%eth0", "fe80:0000:0000:0000/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("no:address", "no:address"),
        ("", ""),
    ],
)
def test_a_network_that_one_subscriber_has_counts_as_one(address: str, shared: str) -> None:
    assert neighbourhood(address) == shared
