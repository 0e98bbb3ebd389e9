"""What headers ask for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cadence.web.conditions import has_it_already, header, wants_gzip

ETAG = '"abc"'
MODIFIED = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("accept_encoding", "is_packed"),
    [
        (None, False),
        (b"", False),
        (b"gzip", True),
        (b"GZIP", True),
        (b"x-gzip", True),
        (b"deflate, gzip, br", True),
        (b"deflate, br", False),
        (b"gzip;q=0", False),
        (b"gzip;q=0.000, deflate", False),
        (b"gzip;q=0.001", True),
        (b"gzip; q=1.0, identity; q=0.5", True),
        (b"gzip;q=0.5, identity;q=1", False),
        (b"*", True),
        (b"*;q=0", False),
        (b"*, gzip;q=0", False),
        (b"gzip;q=nonsense", False),
        (b"gzip;q=2", False),
        (b"identity", False),
    ],
)
def test_gzip_is_given_to_who_wants_it(accept_encoding: bytes | None, is_packed: bool) -> None:
    assert wants_gzip(accept_encoding) is is_packed


@pytest.mark.parametrize(
    ("fields", "is_known"),
    [
        ([], False),
        ([(b"if-none-match", b'"abc"')], True),
        ([(b"if-none-match", b'W/"abc"')], True),
        ([(b"if-none-match", b'"x", W/"abc" , "y"')], True),
        ([(b"if-none-match", b'"x"'), (b"if-none-match", b'"abc"')], True),
        ([(b"if-none-match", b"*")], True),
        ([(b"if-none-match", b'"ab"')], False),
        ([(b"if-none-match", b"abc")], False),
        ([(b"if-none-match", b'"*"')], False),
        ([(b"if-none-match", b'"a,"abc"')], False),
        ([(b"if-modified-since", b"Mon, 23 Nov 2026 09:00:00 GMT")], True),
        ([(b"if-modified-since", b"Tue, 24 Nov 2026 09:00:00 GMT")], True),
        ([(b"if-modified-since", b"Mon, 23 Nov 2026 08:59:59 GMT")], False),
        ([(b"if-modified-since", b"Monday, 23-Nov-26 09:00:00 GMT")], True),
        ([(b"if-modified-since", b"yesterday")], False),
        ([(b"if-modified-since", b"Mon, 99 Nov 2026 09:00:00 GMT")], False),
        # Where both are given, only the tag counts.
        ([(b"if-none-match", b'"x"'), (b"if-modified-since", b"Tue, 24 Nov 2026 09:00:00 GMT")], False),
        ([(b"if-none-match", b'"abc"'), (b"if-modified-since", b"Sun, 22 Nov 2026 09:00:00 GMT")], True),
    ],
)
def test_who_has_it_already_need_not_fetch_it(fields: list[tuple[bytes, bytes]], is_known: bool) -> None:
    assert has_it_already(fields, ETAG, MODIFIED) is is_known


def test_what_has_no_date_is_never_known_by_its_date() -> None:
    assert not has_it_already([(b"if-modified-since", b"Tue, 24 Nov 2026 09:00:00 GMT")], ETAG, None)


def test_lines_of_one_header_are_one_list() -> None:
    fields = [(b"accept", b"a"), (b"via", b"x"), (b"accept", b"b")]
    assert header(fields, b"accept") == b"a, b"
    assert header(fields, b"cookie") is None
