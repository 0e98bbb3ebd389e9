"""What the commands do, told as a team would use them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Cadence


def test_a_first_week(cadence: Cadence) -> None:
    for line, said in (
        ("init --name 'Officine Rossi' --zone Europe/Rome", "Set up Officine Rossi"),
        ("member add Anna --lead --allowance 3h", "Anna joined"),
        ("member add Luca --skill draft --skill review:Blog:learning", "there is no channel 'Blog'"),
        ("channel add Blog --max-per-day 1 --min-spacing 4h", "Added the channel Blog"),
        ("member add Luca --skill draft --skill review:Blog:learning", "Luca joined"),
        ("rhythm add blog --rrule FREQ=WEEKLY;BYDAY=TU,TH --at 10:00 --max-silence 7d", "10:00 on Blog"),
        ("absence add Luca 2026-12-07 2026-12-11 --reason ferie", "Luca is away"),
        ("absence edit 1 --to 2026-12-12", "Luca is away from Mon 7 Dec to Sat 12 Dec"),
        ("post add Blog 'Il tornio' --slot thu", "Thu 26 Nov 10:00; it fills that slot"),
        ("assign 1 draft Luca", "Luca has draft of post 1"),
        ("who 1 review", "cannot: wrote the draft"),
        ("offer 1 draft --as Luca --note busy", "to anyone"),
        ("withdraw 1 draft --as Luca", "keeps"),
        ("claim 1 review --as Anna", "Anna took review"),
        ("release 1 review --as Anna", "gave"),
        ("pin 1 draft", "Pinned draft"),
        ("unpin 1 draft", "npinned"),
        ("post done 1 draft", "Luca did draft"),
        ("post undone 1 draft", "to do again"),
        ("post move 1 +1d --why 'the photographer is ill'", "to Fri 27 Nov 10:00"),
        ("post slot 1 none", "an extra now"),
        ("post slot 1 thu", "fills the slot of Thu 26 Nov 10:00"),
        ("post edit 1 --title 'Il tornio nuovo' --note 'ask Marco'", "Edited post 1"),
        ("post task 1 review --effort 30m", "review"),
        ("post skip 1 --reason 'too late'", "Skipped post 1"),
        ("post restore 1", "Restored post 1"),
        ("undo", "Undid change"),
        ("redo", "Redid change"),
        ("post publish 1 --link https://example.com/1", "Published post 1"),
        ("post show 1", "https://example.com/1"),
        ("rhythm pause 1 2026-12-21 2027-01-06 --reason Natale", "Paused rhythm 1 from Mon 21 Dec"),
        ("rhythm resume 1 2026-12-28", "28 Dec"),
        ("rhythm edit 1 --tolerance 2h", "Rhythm 1 is"),
        ("rhythm show 1", "tolerance        2h"),
        ("team holiday load IT", "holidays"),
        ("team holiday add 2026-12-07 Sant'Ambrogio", "holidays"),
        ("team holiday list", "Sant'Ambrogio"),
        ("team edit --horizon 21 --hours 'mon-fri 8-12,13-17'", "Edited the team"),
        ("workflow add Quick --step draft:30m:-2:-1 --step publish:5m:0:0", "draft and publish"),
        ("channel edit Blog --workflow Quick --max-per-day none", "Blog"),
        ("channel show Blog", "Quick"),
        ("member edit Luca --allowance 90m --add-skill design", "Luca"),
        ("member show Luca", "draft, review (Blog, learning), design"),
        ("member edit Luca --posts-a-week 2 --spacing 3 --topic Lathes", "Edited Luca"),
        ("member show Luca", "2 posts a week at most, 3 days from one to the next"),
        ("member edit Luca --posts-a-week none --spacing none --topic none", "Edited Luca"),
        ("member show Luca", "as many posts as they like"),
        ("member add Ada --posts-a-week 1 --topic Lathes --topic 'Our people'", "Ada joined"),
        ("member show Ada", "1 post a week at most"),
        ("member show Ada", "Lathes, Our people"),
        ("post edit 1 --topic Lathes", "Edited post 1"),
        ("post show 1", "topic: Lathes"),
        ("log 1", "the photographer is ill"),
        ("verify", "all well"),
    ):
        done = cadence(*shlex.split(line.replace("Sant'Ambrogio", '"Sant\'Ambrogio"')))
        assert said in done.out + done.err, f"cadence {line}: {done.out}{done.err}"
        assert done.status == (2 if "there is no" in said else 0)


def test_removing_what_was_added(cadence: Cadence, team: Path) -> None:
    for line in (
        "absence add Luca fri",
        "absence remove 1",
        "rhythm remove 1 --from 2026-12-01",
        "workflow add Quick",
        "workflow remove Quick",
        "member remove Luca",
        "member remove Anna --unassign",
        "post skip 3 --reason 'no news'",
        "channel remove Newsletter --retire",
        "team holiday add fri Ponte",
        "team holiday remove fri",
    ):
        done = cadence(*shlex.split(line))
        assert done.status == 0, f"cadence {line}: {done.err}"
    assert cadence("channel", "show", "Newsletter", "--json").json["channel"]["retired"]


def test_a_channel_gets_the_standard_tasks_unless_it_is_told_otherwise(cadence: Cadence, team: Path) -> None:
    channels = {c["channel"]: c["workflow"] for c in cadence("channel", "list", "--json").json["channels"]}
    assert channels == {"Blog": None, "Newsletter": "Standard"}


def test_a_post_on_a_day_takes_the_hour_of_its_free_slot(cadence: Cadence, team: Path) -> None:
    cadence("post", "add", "Blog", "Squadra", "--at", "thu")
    post = cadence("post", "show", 4, "--json").json["post"]
    assert (post["at"], post["slot"]) == ("2026-11-26T10:00:00+01:00", "2026-11-26T10:00:00+01:00")
    cadence("post", "add", "Blog", "Extra", "--at", "wed")
    assert cadence("post", "show", 5, "--json").json["post"]["at"] == "2026-11-25T09:00:00+01:00"


def test_several_posts_move_as_one_change(cadence: Cadence, team: Path) -> None:
    moved = cadence("post", "move", 2, 3, "-1d", "--json").json
    assert [one["id"] for one in moved["touched"]] == [2, 3]
    cadence("undo")
    assert cadence("post", "show", 3, "--json").json["post"]["at"] == "2026-11-27T09:00:00+01:00"


def test_nothing_to_change_is_said_and_is_no_error(cadence: Cadence, team: Path) -> None:
    done = cadence("assign", 3, "draft", "Anna")
    assert (done.status, done.out) == (
        0,
        'Anna has draft of post 3 "Dicembre" already (nothing was changed)\n',
    )
    assert cadence("assign", 3, "draft", "Anna", "--json").json["change"] is None


@pytest.mark.parametrize(
    ("fail_on", "status"), [("high", 1), ("medium", 1), ("low", 1), ("any", 1), (None, 0)]
)
def test_warnings_fail_only_when_asked(
    cadence: Cadence, team: Path, fail_on: str | None, status: int
) -> None:
    words = ["--fail-on", fail_on] if fail_on else []
    assert cadence("warnings", *words).status == status


def test_warnings_fail_on_their_severity_or_a_higher_one(cadence: Cadence, team: Path) -> None:
    quiet = ("warnings", "--rule", "unassigned-task", "--channel", "Newsletter")
    severities = {one["severity"] for one in cadence(*quiet, "--json").json["warnings"]}
    for severity, worse in (("high", {"high"}), ("medium", {"high", "medium"})):
        assert cadence(*quiet, "--fail-on", severity).status == (1 if severities & worse else 0)


def test_warnings_in_a_pipe_are_one_line_each_and_silent_when_all_is_well(
    cadence: Cadence, team: Path
) -> None:
    count = len(cadence("warnings", "--json").json["warnings"])
    assert cadence("warnings").out.count("\n") == count > 0
    assert cadence("warnings", "--rule", "burst").out == ""


def test_an_acknowledged_warning_is_quiet_until_its_date(cadence: Cadence, team: Path) -> None:
    only = ("warnings", "--rule", "empty-slot", "--horizon", "4")
    key = re.search(r"key (\S+)", cadence(*only, "--ways").out)
    assert key
    assert cadence("ack", key[1], "--until", "wed", "--as", "Anna").status == 0
    assert cadence(*only, "--fail-on", "any").status == 0
    assert "acknowledged by Anna until 2026-11-25" in cadence(*only, "--all").out
    assert cadence(*only, "--fail-on", "any", now="2026-11-26T00:00").status == 1
    assert cadence("unack", key[1], "--as", "Anna").status == 0
    assert cadence(*only, "--fail-on", "any").status == 1


def test_consistency_below_a_score_fails_when_asked(cadence: Cadence, team: Path) -> None:
    assert cadence("consistency").status == 0
    assert cadence("consistency", "--fail-below", "50").status == 0
    assert cadence("consistency", "--fail-below", "50.5").status == 1


def test_a_channel_without_data_is_below_no_score(cadence: Cadence) -> None:
    cadence("init")
    cadence("channel", "add", "Blog")
    assert cadence("consistency", "--fail-below", "100").status == 0


def test_backup_and_restore(cadence: Cadence, team: Path) -> None:
    copy = team.with_name("copy.log")
    assert cadence("backup", copy).status == 0
    cadence("post", "move", 2, "+1d")
    done = cadence("restore", copy)
    assert done.status == 0, done.err
    assert cadence("post", "show", 2, "--json").json["post"]["at"] == "2026-11-24T10:00:00+01:00"
    elsewhere = ("--calendar", team.with_name("elsewhere.json"))
    assert cadence("restore", copy, *elsewhere).status == 0
    assert len(cadence("post", "list", "--all", "--json", *elsewhere).json["posts"]) == 3


def test_a_history_is_imported_once(cadence: Cadence, team: Path) -> None:
    file = team.with_name("history.csv")
    file.write_text("Data;Canale;Titolo\n03/02/2026;Radio;One\n24/02/2026;Blog;Two\n")
    columns = ("--map", "date=Data", "--map", "channel=Canale", "--map", "title=Titolo")
    words = ("import", "history", file, *columns, "--date-format", "DD/MM/YYYY")
    assert "no channel 'Radio'" in cadence(*words).err
    dry = cadence(*words, "--create-channels", "--dry-run")
    assert dry.out.startswith("Would be done: ")
    assert "Tue  3 Feb 12:00  Radio" in dry.out
    assert len(cadence("post", "list", "--all", "--json").json["posts"]) == 3
    assert cadence(*words, "--create-channels").status == 0
    assert len(cadence("post", "list", "--all", "--json").json["posts"]) == 5
    assert "nothing was changed" in cadence(*words, "--create-channels").out


def test_what_is_exported_can_be_read_again(cadence: Cadence, team: Path) -> None:
    folder = team.parent
    assert cadence("export", "team", "-o", folder / "us.toml").status == 0
    elsewhere = ("--calendar", folder / "elsewhere.json")
    done = cadence("init", "--from", folder / "us.toml", *elsewhere)
    assert done.status == 0, done.err
    for form in ("csv", "json"):
        file = folder / f"posts.{form}"
        assert cadence("export", form, "-o", file).status == 0
        assert file.read_text() == cadence("export", form).out.replace("\r\n", "\n")
        assert cadence("import", "posts", file, *elsewhere).status == 0
    assert len(cadence("post", "list", "--all", "--json", *elsewhere).json["posts"]) == 3


def test_feeds_are_written_once(cadence: Cadence, team: Path) -> None:
    folder = team.with_name("feeds")
    written = cadence("export", "ics", "-o", folder, "--json").json["written"]
    assert {"team.ics", "gaps.ics", "channel-blog.ics", "member-anna.ics"} <= set(written)
    again = cadence("export", "ics", "-o", folder, "--json").json
    assert (again["written"], set(again["unchanged"])) == ([], set(written))


def test_a_start_that_was_given_up_can_be_set_up_later(cadence: Cadence, team: Path) -> None:
    from cadence.workspace import Workspace

    empty = team.with_name("empty.json")
    Workspace.open(empty, create=True).close()
    assert cadence("init", "--name", "Ours", "--calendar", empty).status == 0


def test_the_week_in_plain_text(cadence: Cadence, team: Path) -> None:
    assert cadence("week", "--plain").out.splitlines() == [
        "Officine Rossi: the week of Mon 23 Nov",
        "",
        "channel       score  silence  runway",
        "Blog             50    6.0 d     3 d",
        "Newsletter  no data     84 d       -",
        "",
        "Mon 23 Nov (today)",
        "",
        "Tue 24 Nov",
        "  10:00 ○ Blog: Storia Bianchi (post 2, planned)",
        "",
        "Wed 25 Nov",
        "",
        "Thu 26 Nov",
        "  10:00 · Blog: open slot",
        "",
        "Fri 27 Nov",
        "  09:00 ○ Newsletter: Dicembre (post 3, planned); draft Anna, design nobody, review nobody, publish"
        " nobody, engage nobody",
        "",
        "Sat 28 Nov",
        "",
        "Sun 29 Nov",
        "",
        "load  Anna ▃ 33 %, 60 of 180 min",
        "load  Luca ▁ 0 %, 0 of 60 min",
        "load  Studio Blu ▁ 0 %, 0 of 300 min",
    ]


def test_the_agenda_can_be_filtered(cadence: Cadence, team: Path) -> None:
    assert "open slot" in cadence("agenda").out
    only_annas = cadence("agenda", "--member", "anna", "--json").json["posts"]
    assert [post["post"] for post in only_annas] == [3]
    by_text = cadence("agenda", "--text", "TORNIO", "--from", "-2w", "--json").json["posts"]
    assert [post["post"] for post in by_text] == [1]


def test_mine_lists_what_is_to_do_and_what_can_be_claimed(cadence: Cadence, team: Path) -> None:
    assert "Wed 25 Nov     3  draft    1h  Newsletter  Dicembre" in cadence("mine", "--as", "Anna").out
    mine = cadence("mine", "--as", "Anna", "--json").json
    assert [task["task"] for task in mine["tasks"]] == ["draft"]
    assert "review" not in [task["task"] for task in mine["claimable"]]  # she writes the draft
    luca = cadence("mine", "--as", "Luca", "--json").json
    assert "review" in [task["task"] for task in luca["claimable"]]
