"""Boosts: colleagues are asked once a post can be seen; they pass it on, or say no."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from cadence.insight.capacity import load
from cadence.model.calendar import Calendar
from cadence.model.errors import NotFound, Refused
from cadence.model.post import Boost, TaskRef
from cadence.operations import boosts
from cadence.operations.edit import Edit
from cadence.operations.imports import import_publications
from cadence.operations.integrity import Broken, check_whole
from cadence.operations.posts import edit_post, publish_post, publish_posts
from cadence.operations.setup import PublicationRow
from cadence.operations.tasks import task_done
from cadence.planner.bridge.building import build
from tests.builders import NOW, CalendarBuilder, a_calendar, day, utc

ANNA, BEA, CARL, GIULIA, STUDIO = 1, 2, 3, 4, 5
LINK = "https://example.com/tornio"
TUE, WED = day("2026-11-24"), day("2026-11-25")


def an_office() -> CalendarBuilder:
    return (
        a_calendar()
        .with_channel("Blog", workflow=None)
        .with_member("Anna")
        .with_member("Bea")
        .with_member("Carl")
        .with_member("Giulia", role="lead")
        .with_member("Studio Blu", kind="partner")
    )


def planned() -> Calendar:
    return an_office().with_post("Blog", "2026-11-23T10:00", "Il tornio").build()


def published(calendar: Calendar | None = None, **options: object) -> Calendar:
    """Post 1 is out; Anna is asked on Tuesday, Bea on Wednesday."""
    calendar = calendar or planned()
    return publish_post(calendar, who(calendar, ANNA), 1, now=NOW, **{"link": LINK, **options}).on(calendar)


def who(calendar: Calendar, id: int):
    return calendar.members[id]


def asked(edit: Edit) -> list[tuple[int, int]]:
    return [(boost.member, boost.day.day) for boost in edit.puts if isinstance(boost, Boost)]


# Being asked


def test_whoever_publishes_with_a_link_asks_colleagues_in_the_same_change():
    calendar = planned()
    edit = publish_post(calendar, who(calendar, ANNA), 1, now=NOW, link=LINK)
    assert edit.said.endswith("; Anna and Bea are asked to boost it, from Tue 24 Nov")
    assert asked(edit) == [(ANNA, 24), (BEA, 25)]
    assert edit.on(calendar).boosts[1] == Boost(id=1, post=1, member=ANNA, day=TUE)


def test_colleagues_are_asked_once_the_link_is_known():
    calendar = planned()
    out = publish_post(calendar, None, 1, now=NOW).on(calendar)
    assert not out.boosts
    edit = edit_post(out, None, 1, now=NOW, link=LINK)
    assert edit.said == 'Edited post 1 "Il tornio"; Anna and Bea are asked to boost it, from Tue 24 Nov'
    assert asked(publish_post(out, None, 1, now=NOW, link=LINK, force=True)) == [(ANNA, 24), (BEA, 25)]


def test_a_link_before_the_publication_waits_for_it():
    calendar = planned()
    edit = edit_post(calendar, None, 1, now=NOW, link=LINK)
    assert not asked(edit)
    assert asked(publish_post(edit.on(calendar), None, 1, now=NOW)) == [(ANNA, 24), (BEA, 25)]


def test_a_publish_task_that_is_done_asks_too():
    calendar = an_office().with_channel("News").with_post("News", "2026-11-23T10:00", link=LINK).build()
    edit = task_done(calendar, None, TaskRef(1, "publish"), now=NOW)
    assert asked(edit) == [(ANNA, 24), (BEA, 25)]


def test_a_corrected_post_asks_nobody_twice():
    calendar = published()
    moved = publish_post(calendar, None, 1, now=NOW, at=NOW - timedelta(hours=1), force=True)
    assert not asked(moved)
    corrected = edit_post(calendar, None, 1, now=NOW, link=LINK + "/2")
    assert not asked(corrected), "two of four are asked already"
    assert not asked(edit_post(calendar, None, 1, now=NOW, title="Il tornio nuovo"))


def test_many_posts_at_once_share_the_colleagues():
    builder = an_office()
    for _ in range(2):
        builder = builder.with_post("Blog", "2026-11-23T10:00", link=LINK)
    edit = publish_posts(builder.build(), None, [1, 2], now=NOW)
    assert sorted(asked(edit)) == [(ANNA, 24), (BEA, 25), (CARL, 24), (GIULIA, 25)]
    assert sorted(boost.id for boost in edit.puts if isinstance(boost, Boost)) == [1, 2, 3, 4]


def test_an_imported_history_asks_nobody():
    calendar = an_office().build()
    row = PublicationRow(channel="Blog", at=NOW - timedelta(days=1), title="Before", link=LINK)
    assert import_publications(calendar, None, [row], now=NOW).on(calendar).boosts == {}


def test_a_lead_asks_one_more():
    calendar = published()
    edit = boosts.ask_boost(calendar, who(calendar, GIULIA), 1, CARL, now=NOW)
    assert edit.said == 'Carl is asked to boost post 1 "Il tornio" on Thu 26 Nov'
    assert boosts.ask_boost(calendar, None, 1, ANNA, now=NOW) == Edit("Anna is asked on Tue 24 Nov already")


@pytest.mark.parametrize(
    ("member", "change", "reason"),
    [
        (STUDIO, {}, "Studio Blu is a partner"),
        (CARL, {"link": None}, "has no link"),
        (CARL, {"state": "planned", "published_at": None}, "is planned, not published"),
        (CARL, {"published_at": utc("2026-11-13T09:00")}, "is no news any more"),
    ],
)
def test_not_everybody_is_asked_for_everything(member, change, reason):
    calendar = published()
    calendar = calendar.put(replace(calendar.posts[1], **change))
    with pytest.raises(Refused, match=reason):
        boosts.ask_boost(calendar, None, 1, member, now=NOW)


def test_nobody_is_pestered_by_hand_either():
    calendar = published()
    declined = boosts.decline_boost(calendar, who(calendar, BEA), 1, now=NOW).on(calendar)
    with pytest.raises(Refused, match="Bea said no"):
        boosts.ask_boost(declined, None, 1, BEA, now=NOW)
    often = calendar.put(*(Boost(id=9 + n, post=1, member=CARL, day=day(f"2026-11-{n}")) for n in (24, 27)))
    second = often.put(replace(often.posts[1], id=2))
    with pytest.raises(Refused, match="Carl has no time in the next days, or was asked often enough"):
        boosts.ask_boost(second, None, 2, CARL, now=NOW)
    calendar = calendar.put(replace(calendar.team, boosts=False))
    with pytest.raises(Refused, match="asks nobody to boost"):
        boosts.ask_boost(calendar, None, 1, CARL, now=NOW)


# Answering


def test_who_was_asked_says_that_it_is_done():
    calendar = published()
    edit = boosts.boost_done(calendar, who(calendar, BEA), 1, now=NOW)
    assert edit.said == 'Bea boosted post 1 "Il tornio"'
    assert edit.puts == (Boost(id=2, post=1, member=BEA, day=WED, at=NOW),)
    assert not boosts.boost_done(edit.on(calendar), who(calendar, BEA), 1, now=NOW)


def test_who_was_not_asked_may_boost_too_and_somebody_else_may_say_so():
    calendar = published()
    edit = boosts.boost_done(calendar, None, 1, now=NOW, member=CARL)
    assert edit.puts == (Boost(id=3, post=1, member=CARL, day=day("2026-11-23"), at=NOW),)


@pytest.mark.parametrize(("member", "reason"), [(STUDIO, "is a partner"), (None, "nobody knows who you are")])
def test_only_colleagues_boost(member, reason):
    with pytest.raises(Refused, match=reason):
        boosts.boost_done(published(), None, 1, now=NOW, member=member)


def test_only_what_is_out_is_boosted_by_who_is_here():
    calendar = planned()
    with pytest.raises(Refused, match="is planned, not published"):
        boosts.boost_done(calendar, who(calendar, BEA), 1, now=NOW)
    with pytest.raises(NotFound):
        boosts.boost_done(calendar, who(calendar, BEA), 7, now=NOW)
    calendar = published()
    calendar = calendar.put(replace(calendar.members[BEA], active_to=day("2026-11-20")))
    with pytest.raises(Refused, match="Bea is not in the team now"):
        boosts.boost_done(calendar, None, 1, now=NOW, member=BEA)


def test_a_boost_that_did_not_happen_is_asked_for_still():
    calendar = published()
    done = boosts.boost_done(calendar, who(calendar, BEA), 1, now=NOW).on(calendar)
    assert boosts.boost_undone(done, who(calendar, BEA), 1, now=NOW).puts == (calendar.boosts[2],)
    assert not boosts.boost_undone(calendar, who(calendar, BEA), 1, now=NOW)


def test_who_was_asked_may_say_no_and_change_their_mind():
    calendar = published()
    edit = boosts.decline_boost(calendar, who(calendar, BEA), 1, now=NOW)
    assert edit.said == 'Bea would rather not boost post 1 "Il tornio"'
    declined = edit.on(calendar)
    assert declined.boosts[2].declined
    assert not boosts.decline_boost(declined, who(calendar, BEA), 1, now=NOW)
    done = boosts.boost_done(declined, who(calendar, BEA), 1, now=NOW).on(declined)
    assert (done.boosts[2].declined, done.boosts[2].at) == (False, NOW)
    with pytest.raises(Refused, match=r"Bea boosted .*`cadence boost undone 1`"):
        boosts.decline_boost(done, who(calendar, BEA), 1, now=NOW)
    with pytest.raises(Refused, match="nobody asked Carl"):
        boosts.decline_boost(calendar, who(calendar, CARL), 1, now=NOW)


# What it costs, and what holds


def minutes(calendar: Calendar, member: int, week: str = "2026-11-23") -> int:
    return load(calendar, member, day(week)).minutes


def test_an_ask_takes_five_minutes_of_its_week_until_somebody_says_no():
    calendar = published()
    assert (minutes(calendar, ANNA), minutes(calendar, BEA), minutes(calendar, CARL)) == (5, 5, 0)
    declined = boosts.decline_boost(calendar, who(calendar, BEA), 1, now=NOW).on(calendar)
    assert minutes(declined, BEA) == 0


def test_a_boost_takes_its_minutes_in_the_week_in_which_it_was_done():
    """Half past eleven at night on Sunday in London is Monday in Rome."""
    calendar = published()
    late = boosts.boost_done(calendar, who(calendar, BEA), 1, now=utc("2026-11-29T23:30")).on(calendar)
    assert (minutes(late, BEA), minutes(late, BEA, "2026-11-30")) == (0, 5)


def test_the_planner_knows_that_the_minutes_are_taken():
    builder = an_office().with_channel("News").with_post("News", "2026-12-04T10:00")
    calendar = builder.build().put(Boost(id=1, post=1, member=BEA, day=day("2026-12-01")))
    problem = build(calendar, day("2026-11-23"), day("2026-12-06"), NOW)
    taken = {member.name: member.taken for member in problem.members}
    assert taken == {"Anna": (), "Bea": (0, 5, 0), "Carl": (), "Giulia": (), "Studio Blu": ()}


def test_nobody_passes_on_what_is_not_out():
    calendar = published()
    back = replace(calendar.posts[1], state="planned", published_at=None)
    with pytest.raises(Broken, match="boost 1 is of post 1, which would not be published"):
        check_whole(calendar, Edit("", (back,)))
    check_whole(calendar, Edit("", (back,), tuple(calendar.boosts.values())))
    planned_post = calendar.put(replace(back, id=2))
    with pytest.raises(Broken, match="boost 9 is of post 2"):
        check_whole(planned_post, Edit("", (Boost(id=9, post=2, member=ANNA, day=TUE),)))
