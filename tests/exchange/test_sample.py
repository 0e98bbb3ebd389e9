"""The sample team: believable, consistent, and always in the week of today."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from cadence.exchange import sample
from cadence.exchange.sample import load_sample, sample_folder, sample_steps
from cadence.exchange.sample_part import read_part
from cadence.insight.boosting import open_boosts, to_boost
from cadence.insight.capacity import loads
from cadence.insight.consistency import consistencies, default_period
from cadence.insight.offers import offers, state_of
from cadence.insight.participation import participation
from cadence.insight.rota import lead_of
from cadence.insight.warnings import find_warnings
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput
from cadence.operations.integrity import check_whole
from tests.builders import NOW, utc


def loaded(now: datetime) -> Calendar:
    calendar = Calendar.empty()
    for step in sample_steps(now.date()):
        edit = step.operation(calendar, None, step.argument, now=now)
        check_whole(calendar, edit)
        calendar = edit.on(calendar)
    return calendar


@pytest.fixture(scope="module")
def officine_rossi() -> Calendar:
    return loaded(NOW)


def test_it_is_a_small_company_with_one_partner(officine_rossi: Calendar) -> None:
    kinds = [member.kind for member in officine_rossi.members.values()]
    assert (kinds.count("staff"), kinds.count("partner")) == (9, 1)
    assert [channel.name for channel in officine_rossi.channels.values()] == [
        "LinkedIn",
        "Instagram",
        "Blog",
        "Newsletter",
    ]


def test_its_year_gives_these_scores(officine_rossi: Calendar) -> None:
    figures = {
        officine_rossi.channels[c.channel].name: c
        for c in consistencies(officine_rossi, *default_period(NOW), NOW)
    }
    scores = {name: round(figure.score or 0) for name, figure in figures.items()}
    assert scores == {"LinkedIn": 92, "Instagram": 96, "Blog": 67, "Newsletter": 83}
    assert round(figures["Blog"].longest_silence_days or 0) == 21


def test_one_is_overloaded_one_away_one_free(officine_rossi: Calendar) -> None:
    (_, week), *_ = loads(officine_rossi, [date(2026, 11, 23)])
    share = {officine_rossi.members[load.member].name: load.share for load in week}
    assert (share["Marco"] or 0) > 1
    assert share["Paola"] is None
    assert share["Sara"] == 0


def test_it_has_something_to_warn_about(officine_rossi: Calendar) -> None:
    rules = {warning.rule for warning in find_warnings(officine_rossi, NOW)}
    assert {"empty-slot", "unassigned-task", "missed-slot", "silence", "overload", "away"} <= rules


def test_its_ideas_are_in_all_states_and_some_became_posts(officine_rossi: Calendar) -> None:
    ideas = officine_rossi.ideas.values()
    assert {idea.state for idea in ideas} == {"open", "accepted", "declined", "parked"}
    assert all(idea.note for idea in ideas if idea.state in ("declined", "parked"))
    became = [officine_rossi.posts[idea.post] for idea in ideas if idea.post]
    assert [post.idea for post in became] == [idea.id for idea in ideas if idea.post]
    assert [post.state for post in became].count("published") == 4
    assert any(idea.state == "accepted" and idea.post is None for idea in ideas)


def test_nearly_everybody_takes_part(officine_rossi: Calendar) -> None:
    team = participation(officine_rossi, utc("2026-10-25T23:00"), utc("2026-11-22T23:00")).team
    assert [officine_rossi.members[id].name for id in team.enrolled - team.active] == ["Paola"]


def test_the_leads_take_turns_and_this_week_it_is_giulia(officine_rossi: Calendar) -> None:
    leads = [lead_of(officine_rossi, date(2026, 11, 23) + timedelta(weeks=n)) for n in range(-1, 3)]
    assert [lead.name for lead in leads if lead] == ["Marco", "Giulia", "Anna", "Marco"]


def test_a_lead_has_an_offer_and_a_boost_to_answer(officine_rossi: Calendar) -> None:
    today = NOW.date()
    giulia = officine_rossi.member("Giulia").id
    assert len(to_boost(officine_rossi, giulia, today)) == 1
    refs = list(offers(officine_rossi, today))
    assert [state_of(officine_rossi, ref, today) for ref in refs] == ["open", "open"]
    found = [offer for ref in refs if (offer := officine_rossi.task(ref).offer)]
    assert [offer.wants is not None for offer in found] == [True, False], "a swap, and one to anyone"


def test_nothing_was_published_in_the_summer_hole_on_the_pictures_channel(officine_rossi: Calendar) -> None:
    instagram = officine_rossi.channel("Instagram").id
    august = [
        officine_rossi.local(post).date()
        for post in officine_rossi.posts_of(instagram)
        if date(2026, 8, 4) <= officine_rossi.local(post).date() <= date(2026, 8, 30)
    ]
    assert august == []


@pytest.mark.parametrize("weeks", [-60, -1, 1, 17, 53])
def test_a_whole_number_of_weeks_changes_no_date_within_the_week(weeks: int) -> None:
    anchor = load_sample(sample_folder(), NOW.date())
    moved = load_sample(sample_folder(), NOW.date() + timedelta(weeks=weeks))
    by = timedelta(weeks=weeks)
    assert [row.at - by for row in moved.posts] == [row.at for row in anchor.posts]
    assert [c.rhythms[0].start for c in moved.plan.channels] == [
        c.rhythms[0].start + by for c in anchor.plan.channels if c.rhythms[0].start
    ]
    pairs = zip(moved.publications, anchor.publications, strict=True)
    shifted = [row.at - by - before.at for row, before in pairs]
    assert {abs(gap) for gap in shifted} <= {timedelta(0), timedelta(hours=1)}  # the clock change


@pytest.mark.parametrize("day", range(7))
def test_it_loads_on_every_day_of_the_week(day: int) -> None:
    now = datetime(2027, 3, 22, 7, tzinfo=UTC) + timedelta(days=day)
    calendar = loaded(now)
    assert all((post.published_at or now) <= now for post in calendar.posts.values())
    assert all((boost.at or now) <= now for boost in calendar.boosts.values())
    assert open_boosts(calendar, now.date()), "there is always something to pass on"
    assert list(offers(calendar, now.date()))


def test_in_the_middle_of_the_week_the_posts_before_today_are_out() -> None:
    states = {
        post.title[:7]: post.state for post in loaded(datetime(2026, 11, 27, 8, tzinfo=UTC)).posts.values()
    }
    assert states["Il torn"] == "published"
    assert states["Storia "] == "drafted"  # nobody reviews it
    assert states["The mea"] == "planned"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ideas = [", r"taking-part\.toml is not valid TOML"),
        ("ideas = [{ text = 7 }]", r"taking-part\.toml, ideas: expected str, got int"),
        ("idea = []", r"taking-part\.toml: object contains unknown field idea"),
    ],
)
def test_a_file_of_ideas_that_cannot_be_read_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "taking-part.toml").write_text(text)
    with pytest.raises(BadInput, match=said):
        read_part(tmp_path / "taking-part.toml", timedelta(0))


def test_without_the_files_it_says_where_it_looked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sample.cadence, "__file__", str(tmp_path / "cadence" / "__init__.py"))
    with pytest.raises(BadInput, match=r"there is no folder .*officine-rossi - run from a checkout"):
        sample_folder()
