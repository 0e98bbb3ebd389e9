"""What is wrong with a calendar is said in the language of who asks, though another process finds it."""

import pytest

from cadence.ical.busy.guarded import read_safely
from cadence.language import _, speaking
from cadence.model.errors import BadInput
from tests.ical.busy.builders import FIRST, LAST, ROME, a_file, an_event


@pytest.mark.parametrize("language", ["en", "it"])
def test_another_process_answers_in_the_same_language(language: str) -> None:
    with speaking(language):
        with pytest.raises(BadInput) as refused:
            read_safely(b" ", FIRST, LAST, ROME)
        found = read_safely(a_file(an_event("UID:1")), FIRST, LAST, ROME)
        assert refused.value.message == _("the calendar is empty")
        assert [one.why for one in found.left_out] == [_("the entry has no DTSTART")]


def test_a_rule_that_cannot_be_followed_is_named() -> None:
    event = an_event("DTSTART:20261126T080000Z", "RRULE:FREQ=DAILY;UNTIL=soon")
    found = read_safely(a_file(event), FIRST, LAST, ROME)
    assert [one.why for one in found.left_out] == ["RRULE has an UNTIL that is no date"]
