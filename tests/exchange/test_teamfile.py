"""A whole team in one file: reading it, complaining about it, and writing it again."""

from datetime import date, time
from pathlib import Path

import pytest

from cadence.exchange.teamfile import read_team
from cadence.exchange.teamtext import team_text
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput
from cadence.model.rhythm import Pause
from cadence.model.team import Span, Step
from cadence.operations.setup import AbsencePlan, RhythmPlan, SkillPlan, TeamPlan, set_up, team_plan
from tests.builders import NOW

TODAY = date(2026, 11, 23)

FULL = """
[team]
name = "Officine \\"Rossi\\" & figli"
zone = "Europe/Rome"
first_weekday = "sunday"
hours = { mon = "09:00-13:00 14:00-18:00", sat = "20:00-24:00" }
country = "it"
region = "BZ"
horizon = "5w"
feed_host = "feeds.example"

[holidays]
2026-12-08 = "Immacolata"
2026-12-25 = "Natale"

[[workflow]]
name = "Article"
draft = { effort = "2h", window = [-8, -3] }
engage = { effort = 20, window = [0, 2] }

[[channel]]
name = "Blog"
workflow = "article"
url = "https://example.org/blog"
max_per_day = 1
min_spacing = "4h"

[[channel.rhythm]]
rrule = "FREQ=WEEKLY;BYDAY=TH"
at = "10:00"
start = 2025-11-27
tolerance = "12h"
max_silence = "14d"
skip_holidays = true
pauses = [{ from = 2026-08-10, to = 2026-08-21, reason = "Ferie" }]

[[channel]]
name = "Ratio 3:able"
zone = "America/New_York"
retired = true

[[rhythm]]
channel = "blog"
rrule = "FREQ=MONTHLY;BYMONTHDAY=31"
at = 09:30:15
start = 2026-01-31

[[member]]
name = "Anna"
department = "Sales"
role = "lead"
allowance = "3h"
login = "anna"
zone = "Europe/London"
hours = { tue = "09:00-12:30" }
active_from = 2026-01-07
active_to = 2026-12-04
posts_a_week = 2
spacing = "3d"
topics = ["Lathes", 'Our "people"']
absences = [{ from = 2026-11-23, to = 2026-11-27, reason = "Away" }]
[member.skills]
draft = ["Blog:expert", "all"]
review = "all:learning"
engage = ["Ratio 3:able:able"]

[[member]]
name = "Studio Blu"
kind = "partner"
cost_per_hour = 48.5
"""


def a_file(folder: Path, text: str) -> Path:
    path = folder / "team.toml"
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, text: str) -> TeamPlan:
    return read_team(a_file(folder, text), today=TODAY)


def test_everything_that_a_team_file_can_say(tmp_path: Path) -> None:
    plan = read(tmp_path, FULL)
    assert plan.team.name == 'Officine "Rossi" & figli'
    assert plan.team.hours.mon == (Span(540, 780), Span(840, 1080))
    assert plan.team.hours.sat == (Span(1200, 1440),)
    assert plan.team.hours.tue == ()
    assert plan.team.horizon_days == 35
    assert plan.team.holidays == {date(2026, 12, 8): "Immacolata", date(2026, 12, 25): "Natale"}
    assert plan.workflows[0].steps == {"draft": Step(120, -8, -3), "engage": Step(20, 0, 2)}
    blog, ratio = plan.channels
    assert (blog.workflow, blog.min_spacing, ratio.retired) == ("Article", 240, True)
    assert blog.rhythms[0] == RhythmPlan(
        rrule="FREQ=WEEKLY;BYDAY=TH",
        at=time(10),
        start=date(2025, 11, 27),
        tolerance=720,
        max_silence=14 * 1440,
        skip_holidays=True,
        pauses=(Pause(date(2026, 8, 10), date(2026, 8, 21), "Ferie"),),
    )
    assert blog.rhythms[1].at == time(9, 30, 15)
    anna, studio = plan.members
    assert anna.skills == (
        SkillPlan("draft", "Blog", "expert"),
        SkillPlan("draft", None, "able"),
        SkillPlan("review", None, "learning"),
        SkillPlan("engage", "Ratio 3:able", "able"),
    )
    assert anna.absences == (AbsencePlan(date(2026, 11, 23), date(2026, 11, 27), "Away"),)
    assert (anna.posts_a_week, anna.spacing, anna.topics) == (2, 3, ("Lathes", 'Our "people"'))
    assert (studio.posts_a_week, studio.spacing, studio.topics) == (None, None, ())
    assert (studio.kind, studio.cost_per_hour, studio.allowance) == ("partner", 4850, 60)


def test_what_is_written_sets_up_the_same_team_and_is_written_the_same(tmp_path: Path) -> None:
    first = set_up(Calendar.empty(), None, read(tmp_path, FULL), now=NOW).on(Calendar.empty())
    text = team_text(team_plan(first))
    second = set_up(Calendar.empty(), None, read(tmp_path, text), now=NOW).on(Calendar.empty())
    assert team_text(team_plan(second)) == text
    for table in ("team", "members", "channels", "workflows", "rhythms", "absences"):
        assert getattr(second, table) == getattr(first, table)


def test_a_country_without_holidays_gets_its_public_ones(tmp_path: Path) -> None:
    holidays = read(tmp_path, '[team]\nname = "X"\ncountry = "IT"\n').team.holidays
    assert holidays[date(2026, 12, 25)] == "Christmas Day"
    assert {day.year for day in holidays} == {2025, 2026, 2027, 2028, 2029}


def test_no_holidays_can_be_meant(tmp_path: Path) -> None:
    assert read(tmp_path, '[team]\nname = "X"\ncountry = "IT"\n[holidays]\n').team.holidays == {}


def test_a_team_needs_no_more_than_a_name(tmp_path: Path) -> None:
    plan = read(tmp_path, '[team]\nname = "X"\n')
    assert (plan.members, plan.channels, plan.team.zone) == ((), (), "UTC")


TEAM = '[team]\nname = "X"\n'
CHANNEL = f'{TEAM}[[channel]]\nname = "Blog"\n'
RHYTHM = f'{CHANNEL}[[channel.rhythm]]\nat = "09:00"\nrrule = "FREQ=DAILY"\n'
MEMBER = f'{TEAM}[[member]]\nname = "Anna"\n'
WORKFLOW = f'{TEAM}[[workflow]]\nname = "W"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "team.toml, [team]: name is missing"),
        ("[team", "team.toml is not valid TOML"),
        ('[team]\nname = "X"\nname = "Y"\n', "team.toml is not valid TOML"),
        ("[team]\nnmae = 1\n", "[team]: unknown key 'nmae' - did you mean name?"),
        ("team = 1\n", "team.toml, team: 1 is not a table"),
        (f"{TEAM}[membr]\n", "unknown key 'membr' - did you mean member?"),
        (f'{TEAM}zone = "Rome"\n', "[team], zone: unknown time zone 'Rome'"),
        (f'{TEAM}zone = "Europe/Atlantis"\n', "unknown time zone"),
        (f"{TEAM}zone = 1\n", "[team], zone: 1 is not a text"),
        (f'{TEAM}horizon = "1h"\n', "not a number of whole days"),
        (f"{TEAM}horizon = 9999\n", "[team], horizon_days: must be at most 366"),
        (f'{TEAM}hours = {{ mon = "9-13" }}\n', "'9-13' are no working hours"),
        (f'{TEAM}hours = {{ mon = "13:00-09:00" }}\n', "are no working hours"),
        (f'{TEAM}hours = {{ mon = "09:00-13:00 12:00-14:00" }}\n', "overlap or are out of order"),
        (f'{TEAM}hours = {{ monday = "09:00-13:00" }}\n', "'monday' is not a day"),
        (f'{TEAM}first_weekday = "friday"\n', "[team], first_weekday: invalid enum value"),
        (f'{TEAM}country = "XX"\n', "no public holidays are known for 'XX'"),
        (f'{TEAM}country = "IT"\nregion = "Mars"\n', "no public holidays are known for 'IT Mars'"),
        (f'{TEAM}[holidays]\n2026-02-30 = "x"\n', "[holidays], 2026-02-30: '2026-02-30' is not a date"),
        (f"{TEAM}[[channel]]\n", "[[channel]] 1: name is missing"),
        (f"channel = 5\n{TEAM}", "channel: 5 is not a list"),
        (f"{CHANNEL}max_per_day = 0\n", "[[channel]] Blog, max_per_day: must be at least 1"),
        (f"{CHANNEL}max_per_day = true\n", "max_per_day: True is not a whole number"),
        (f'{CHANNEL}url = "nowhere"\n', "[[channel]] Blog, url: holds characters"),
        (f'{CHANNEL}workflow = "Article"\n', "workflow: there is no workflow 'Article'"),
        (f'{CHANNEL}[[channel]]\nname = "BLOG"\n', "two channels are called 'Blog' and 'BLOG'"),
        (f'{TEAM}[[channel]]\nname = "All"\n', "'all' means every channel"),
        (f'{CHANNEL}[[channel.rhythm]]\nat = "9"\n', "[[channel]] Blog, rhythm 1: rrule is missing"),
        (f'{RHYTHM}start = "soon"\n', "rhythm 1, start: 'soon' is not a date"),
        (f'{RHYTHM}max_silence = "a while"\n', "rhythm 1, max_silence: 'a while' is not a duration"),
        (f'{RHYTHM}tolerance = "90d"\n', "rhythm 1, tolerance: must be at most 86400"),
        (f"{RHYTHM}start = 1492-10-12\n", "rhythm 1, rrule"),
        (
            f'{CHANNEL}[[channel.rhythm]]\nrrule = "FREQ=SECONDLY"\nat = "09:00"\nstart = 2026-01-01\n',
            "FREQ must be one of",
        ),
        (f"{RHYTHM}pauses = [{{ from = 2026-02-02, to = 2026-01-01 }}]\n", "cannot end on 2026-01-01"),
        (f'{RHYTHM}[[rhythm]]\nchannel = "Vlog"\n', "there is no channel 'Vlog'"),
        (f'{MEMBER}kind = "robot"\n', "[[member]] Anna, kind: invalid enum value"),
        (f'{MEMBER}allowance = "-3h"\n', "[[member]] Anna, allowance: '-3h' is not a duration"),
        (f'{MEMBER}allowance = "9w"\n', "[[member]] Anna, allowance: must be at most 10080"),
        (f"{MEMBER}posts_a_week = -1\n", "[[member]] Anna, posts_a_week: must be at least 0"),
        (f'{MEMBER}spacing = "36h"\n', "[[member]] Anna, spacing: '36h' is not a number of whole days"),
        (f'{MEMBER}topics = [""]\n', "[[member]] Anna, topics: must have at least 1 characters"),
        (f"{MEMBER}topics = [1]\n", "[[member]] Anna, topics: 1 is not a text"),
        (f"{MEMBER}cost_per_hour = -1\n", "cost_per_hour: '-1' is not an amount"),
        (f"{MEMBER}cost_per_hour = 0.001\n", "has parts of a cent"),
        (f'{MEMBER}skills = {{ draft = "Vlog" }}\n', "[skills], draft: there is no channel 'Vlog'"),
        (f'{MEMBER}skills = {{ drafting = "all" }}\n', "[skills]: unknown key 'drafting'"),
        (f"{MEMBER}absences = [{{ from = 2026-02-02, to = 2026-01-01 }}]\n", "absences 1: it cannot end"),
        (f'{TEAM}[[member]]\nname = "a\\u0000b"\n', "name: holds characters"),
        (f'{TEAM}[[member]]\nname = "\\u001b[31mred"\n', "[[member]] [31mred, name: holds characters"),
        (f'{TEAM}[[member]]\nname = "{"x" * 81}"\n', "name: must have at most 80 characters"),
        (f'{WORKFLOW}draft = {{ effort = "1h" }}\n', "[draft]: window is missing"),
        (f'{WORKFLOW}draft = {{ effort = "0m", window = [0, 1] }}\n', "effort: must be at least 1"),
        (f'{WORKFLOW}draft = {{ effort = "1h", window = [1, 0] }}\n', "must close on or after"),
        (f'{WORKFLOW}draft = {{ effort = "1h", window = [1] }}\n', "a window has two numbers"),
        (f"{WORKFLOW}daft = {{}}\n", "unknown key 'daft' - did you mean draft?"),
        ("a = " + "[" * 3000, "not valid TOML"),
    ],
)
def test_a_mistake_is_named_with_its_table_and_key(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        read(tmp_path, text)
    assert said in str(caught.value)
    assert str(caught.value).startswith("team.toml")


def test_a_file_that_is_not_utf8_says_so(tmp_path: Path) -> None:
    (tmp_path / "team.toml").write_bytes('[team]\nname = "Perù"\n'.encode("cp1252"))
    with pytest.raises(BadInput, match="is not UTF-8 text"):
        read_team(tmp_path / "team.toml", today=TODAY)
