"""A digest says what is the reader's to do, in plain words, and nothing else."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from cadence.insight.digest import MOST, Matter, Message, digest
from cadence.insight.warnings import Warning, find_warnings
from cadence.model.calendar import Calendar
from cadence.model.change import Change, Op
from cadence.model.digest import DIGEST_KINDS, Digest, DigestKind
from cadence.model.post import Boost, Idea, Offer, TaskRef
from cadence.model.rota import Rota
from cadence.model.team import Skill
from tests.builders import NOW, CalendarBuilder, a_calendar, day, utc

ANNA, LUCA = 1, 2
YESTERDAY = NOW - timedelta(days=1)
DAILY = Digest(every="daily")


def an_office(digest: Digest = DAILY, **anna: object) -> CalendarBuilder:
    """Anna and Luca, and a Blog."""
    return a_calendar().with_channel("Blog").with_member("Anna", digest=digest, **anna).with_member("Luca")


def told(
    calendar: CalendarBuilder | Calendar,
    *,
    since: datetime = YESTERDAY,
    member: int = ANNA,
    offers: Sequence[TaskRef] = (),
    warnings: Sequence[Warning] = (),
    changes: Sequence[Change] = (),
    warned: Sequence[str] = (),
) -> Message | None:
    built = calendar if isinstance(calendar, Calendar) else calendar.build()
    matter = Matter(offers, warnings, changes, warned)
    return digest(built, built.members[member], since, NOW, matter)


def lines(message: Message | None, kind: DigestKind) -> list[str]:
    return [line for one in (message.sections if message else ()) if one.kind == kind for line in one.lines]


def test_where_there_is_nothing_to_say_there_is_no_message() -> None:
    assert told(an_office()) is None


# Tasks


def test_tasks_are_told_by_the_day_they_are_due_and_late_ones_first() -> None:
    office = (
        an_office()
        .with_post("Blog", "2026-11-26T10:00", "Il tornio", tasks={"draft": "Anna", "review": "Luca"})
        .with_post("Blog", "2026-11-24T10:00", "Storia", tasks={"draft": "Anna", "publish": "Anna"})
    )
    message = told(office)
    assert message is not None
    assert message.subject == "Cadence: 3 tasks"
    assert message.text == (
        "To do:\n"
        "- late, due Fri 20 Nov: the draft of “Storia” (post 2) for Blog, 60′\n"
        "- Tue 24 Nov: the draft of “Il tornio” (post 1) for Blog, 60′\n"
        "- Tue 24 Nov: the publishing of “Storia” (post 2) for Blog, 5′\n"
    )


def test_a_daily_one_looks_two_days_ahead_and_a_weekly_one_a_week() -> None:
    office = an_office().with_post("Blog", "2026-11-27T10:00", tasks={"publish": "Anna"}).build()
    weekly = office.put(replace(office.members[ANNA], digest=Digest(every="weekly")))
    assert lines(told(office), "tasks") == []
    assert len(lines(told(weekly), "tasks")) == 1


def test_what_is_done_or_skipped_is_not_to_do() -> None:
    office = (
        an_office()
        .with_post("Blog", "2026-11-25T10:00", tasks={"draft": "Anna"}, done=["draft"])
        .with_post("Blog", "2026-11-25T10:00", tasks={"draft": "Anna"}, state="skipped")
    )
    assert told(office) is None


def test_who_is_to_answer_gets_the_link_of_the_post() -> None:
    office = an_office().with_post(
        "Blog", "2026-11-23T09:00", "Il tornio", tasks={"engage": "Anna"}, state="published",
        published_at=utc("2026-11-23T08:00"), link="https://example.com/tornio",
    )  # fmt: skip
    assert lines(told(office), "tasks") == [
        "Tue 24 Nov: the answering of “Il tornio” (post 1) for Blog, 30′ https://example.com/tornio"
    ]


# Offers


def on_offer(calendar: Calendar, kind: str, **offer: object) -> Calendar:
    post = calendar.posts[1]
    task = replace(post.tasks[kind], offer=Offer(NOW, LUCA, to=(ANNA,), **offer))  # type: ignore[index, arg-type]
    return calendar.put(replace(post, tasks={**post.tasks, kind: task}))


def test_an_offer_says_from_whom_until_when_and_what_for() -> None:
    office = an_office().with_post(
        "Blog", "2026-11-26T10:00", "Il tornio", tasks={"draft": "Anna", "publish": "Luca"}
    )
    given = on_offer(office.build(), "publish", note="I am on a train")
    assert lines(told(given, offers=[TaskRef(1, "publish")]), "offers") == [
        "until Thu 26 Nov: the publishing of “Il tornio” (post 1), 5′, from Luca - I am on a train"
    ]
    swapped = on_offer(office.build(), "publish", wants=TaskRef(1, "draft"))
    assert lines(told(swapped, offers=[TaskRef(1, "publish")]), "offers") == [
        "until Tue 24 Nov: the publishing of “Il tornio” (post 1), 5′, from Luca, "
        "for your draft of “Il tornio” (post 1)"
    ]


# Warnings


def warned_of(office: CalendarBuilder | Calendar, **how: object) -> list[str]:
    calendar = office if isinstance(office, Calendar) else office.build()
    return lines(told(calendar, warnings=find_warnings(calendar, NOW), **how), "warnings")  # type: ignore[arg-type]


def test_a_warning_is_for_who_has_the_skill() -> None:
    office = an_office(skills=[Skill("review")]).with_post("Blog", "2026-11-25T10:00", "Il tornio").build()
    assert warned_of(office) == [
        "high: Nobody has the review (15′) of “Il tornio”, due by Tue 24 Nov. "
        "A way out: move “Il tornio” to Wed 2 Dec 10:00."
    ]
    assert len(warned_of(office, member=LUCA)) > 1


def test_what_somebody_is_late_with_is_told_once() -> None:
    """Among their tasks; where those are muted, among the warnings."""
    office = an_office(skills=[]).with_post("Blog", "2026-11-24T10:00", tasks={"draft": "Anna"}).build()
    assert not any("draft" in line for line in warned_of(office))
    muted = office.put(replace(office.members[ANNA], digest=Digest(every="daily", muted=("tasks",))))
    assert any("The draft of “A post” was due by Fri 20 Nov" in line for line in warned_of(muted))


def test_the_lead_of_the_week_gets_all_severe_ones() -> None:
    office = an_office(skills=[]).with_post("Blog", "2026-11-25T10:00").build()
    assert warned_of(office) == []
    leading = office.put(Rota(order=(ANNA,), start=day("2026-11-23")))
    found = warned_of(leading)
    assert found
    assert all(line.startswith("high: ") for line in found)


def test_a_partner_is_warned_about_their_own_work_only() -> None:
    office = an_office(kind="partner").with_post("Blog", "2026-11-25T10:00")
    assert warned_of(office) == []


def test_nobody_is_warned_of_the_same_thing_every_day() -> None:
    office = an_office().with_post("Blog", "2026-11-25T10:00").build()
    warnings = find_warnings(office, NOW)
    first = told(office, warnings=warnings)
    assert first is not None
    assert first.warned
    assert told(office, warnings=warnings, warned=first.warned) is None
    new = first.warned[1:]
    assert len(lines(told(office, warnings=warnings, warned=new), "warnings")) == 1
    worse = [name.replace("high", "medium") for name in first.warned]
    high = [line for line in lines(first, "warnings") if line.startswith("high")]
    assert lines(told(office, warnings=warnings, warned=worse), "warnings") == high


def test_a_weekly_one_tells_all_there_are() -> None:
    office = an_office(Digest(every="weekly")).with_post("Blog", "2026-11-25T10:00").build()
    warnings = find_warnings(office, NOW)
    first = told(office, warnings=warnings)
    assert first is not None
    assert told(office, warnings=warnings, warned=first.warned) == first


def test_an_acknowledged_warning_is_somebody_elses() -> None:
    office = an_office().with_post("Blog", "2026-11-25T10:00").build()
    seen = [dataclasses.replace(warning, state="acknowledged") for warning in find_warnings(office, NOW)]
    assert told(office, warnings=seen) is None


# Ideas


def an_idea(**fields: object) -> Calendar:
    idea = Idea(id=1, text="How we sharpen tools", author=ANNA, at=YESTERDAY, **fields)  # type: ignore[arg-type]
    return an_office().with_post("Blog", "2026-12-10T10:00", tasks={}).build().put(idea)


def test_the_author_hears_what_was_decided_and_why() -> None:
    decided = {"decided_by": LUCA, "decided_at": NOW - timedelta(hours=1)}
    parked = an_idea(state="parked", note="After the fair\nof December", **decided)
    assert lines(told(parked), "ideas") == [
        "“How we sharpen tools” was parked by Luca - After the fair of December"
    ]
    accepted = an_idea(state="accepted", post=1, **decided)
    assert lines(told(accepted), "ideas") == [
        "“How we sharpen tools” was accepted by Luca and goes out on Thu 10 Dec 10:00 as post 1"
    ]
    assert lines(told(accepted, member=LUCA), "ideas") == []


def test_a_decision_is_told_once() -> None:
    declined = an_idea(state="declined", note="No", decided_by=LUCA, decided_at=NOW - timedelta(hours=1))
    assert lines(told(declined, since=NOW), "ideas") == []
    own = an_idea(state="accepted", decided_by=ANNA, decided_at=NOW - timedelta(hours=1))
    assert lines(told(own), "ideas") == []


# Boosts


def test_a_boost_is_asked_with_what_one_could_say_and_once() -> None:
    office = an_office().with_publication(
        "Blog", "2026-11-20T09:00", "Il tornio", link="https://example.com/tornio"
    )
    asked = office.build().put(Boost(id=1, post=1, member=ANNA, day=day("2026-11-23")))
    assert lines(told(asked), "boosts") == ["post 1: New on our Blog: “Il tornio” https://example.com/tornio"]
    assert lines(told(asked, since=NOW), "boosts") == []
    assert lines(told(asked, member=LUCA), "boosts") == []


# Changes


def a_move(seq: int, by: str, why: str, when: datetime) -> Change:
    op = Op("u", "posts", 1, 2, {"at": "2026-12-10T10:00:00"}, {"at": "2026-12-09T10:00:00"})
    return Change(seq, when, by, why, (op,))


def test_what_others_changed_about_my_tasks_is_told_in_order() -> None:
    office = an_office().with_post("Blog", "2026-12-10T10:00", "Il tornio", tasks={"draft": "Anna"}).build()
    hour = timedelta(hours=1)
    changes = [
        a_move(4, "Luca", "Moved post 1 to Thu 10 Dec", NOW - hour),
        a_move(3, "Anna", "Moved post 1 to Wed 9 Dec", NOW - 2 * hour),
        a_move(2, "Luca", "Moved post 1 to Tue 8 Dec", NOW - 3 * hour),
        a_move(1, "Luca", "Moved post 1 long ago", YESTERDAY - hour),
    ]
    assert lines(told(office, changes=changes), "changes") == [
        "Luca: Moved post 1 to Tue 8 Dec",
        "Luca: Moved post 1 to Thu 10 Dec",
    ]
    assert lines(told(office, changes=changes, member=LUCA), "changes") == []


def test_history_is_read_back_to_the_last_digest_and_no_further() -> None:
    office = an_office().build()

    def changes() -> object:
        yield a_move(2, "Luca", "Too old", YESTERDAY - timedelta(hours=1))
        pytest.fail("read further than that")

    told(office, changes=changes())  # type: ignore[arg-type]


# The whole


def all_of_it(digest: Digest = DAILY) -> tuple[Calendar, dict[str, object]]:
    """Something of each kind for Anna."""
    hour_ago = NOW - timedelta(hours=1)
    office = (
        an_office(digest)
        .with_post("Blog", "2026-11-26T10:00", "Il tornio", tasks={"draft": "Anna", "publish": "Luca"})
        .with_publication("Blog", "2026-11-20T09:00", "Storia", link="https://example.com/storia")
        .build()
        .put(Boost(id=1, post=2, member=ANNA, day=day("2026-11-23")))
        .put(Idea(id=1, text="Tools", author=ANNA, at=YESTERDAY, state="declined", decided_at=hour_ago))
    )
    office = on_offer(office, "publish")
    moved = a_move(1, "Luca", "Moved post 1", hour_ago)
    warnings = find_warnings(office, NOW)
    return office, {"offers": [TaskRef(1, "publish")], "warnings": warnings, "changes": [moved]}


def test_a_message_has_every_kind_and_names_them_in_its_subject() -> None:
    office, matter = all_of_it()
    message = told(office, **matter)  # type: ignore[arg-type]
    assert message is not None
    assert tuple(section.kind for section in message.sections) == DIGEST_KINDS
    assert message.subject == "Cadence: 1 task, 1 offer, 4 warnings, 1 decided idea, 1 boost, 1 change"
    assert [word for word in message.text.split() if "://" in word] == ["https://example.com/storia"]


@pytest.mark.parametrize("kind", DIGEST_KINDS)
def test_a_muted_kind_is_absent(kind: DigestKind) -> None:
    office, matter = all_of_it(Digest(every="daily", muted=(kind,)))
    message = told(office, **matter)  # type: ignore[arg-type]
    assert message is not None
    assert [section.kind for section in message.sections] == [k for k in DIGEST_KINDS if k != kind]


def test_a_long_list_is_cut_and_the_rest_counted() -> None:
    office = an_office()
    for number in range(MOST + 3):
        office.with_post("Blog", f"2026-11-24T1{number % 10}:00", tasks={"publish": "Anna"})
    message = told(office)
    assert message is not None
    assert message.subject == f"Cadence: {MOST + 3} tasks"
    assert message.text.count("\n- ") == MOST + 1
    assert message.text.endswith("- and 3 more\n")


def test_whatever_somebody_wrote_stays_one_line_of_bounded_length() -> None:
    note = "So\n\n- late, due Mon: pay me\u2028" + "x" * 3000
    declined = an_idea(state="declined", note=note, decided_at=NOW - timedelta(hours=1))
    (line,) = lines(told(declined), "ideas")
    assert "So - late" in line
    assert len(line.splitlines()) == 1
    assert len(line) < 300
