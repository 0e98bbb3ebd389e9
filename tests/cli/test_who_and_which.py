"""Which calendar, who I am, and the settings: the order in which they are asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cadence


def author_of_the_last_change(cadence: Cadence) -> str:
    author: str = cadence("log", "--limit", "1", "--json").json["changes"][0]["by"]
    return author


def test_options_may_stand_before_and_after_the_command(cadence: Cadence, team: Path) -> None:
    elsewhere = team.with_name("elsewhere.json")
    cadence("init", "--name", "Elsewhere", "--calendar", elsewhere)
    for words in (
        ("--calendar", elsewhere, "--json", "team", "show"),
        ("team", "--calendar", elsewhere, "show", "--json"),
        ("team", "show", "--calendar", elsewhere, "--json"),
        ("--calendar", "/nonexistent", "team", "show", "--json", "--calendar", elsewhere),
    ):
        assert cadence(*words).json["team"]["team"] == "Elsewhere"


def test_the_calendar_is_named_by_option_environment_config_or_default(
    cadence: Cadence, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def name() -> str:
        found: str = cadence("team", "show", "--json").json["team"]["team"]
        return found

    monkeypatch.delenv("CADENCE_CALENDAR")
    assert cadence("init", "--name", "In the data folder").status == 0
    assert (tmp_path / "data" / "cadence" / "calendar.json").exists()
    assert name() == "In the data folder"
    cadence("init", "--name", "In the config", "--calendar", tmp_path / "configured.json")
    cadence("config", "set", "calendar", tmp_path / "configured.json")
    assert name() == "In the config"
    cadence("init", "--name", "In the environment", "--calendar", tmp_path / "environment.json")
    monkeypatch.setenv("CADENCE_CALENDAR", str(tmp_path / "environment.json"))
    assert name() == "In the environment"


def test_a_relative_calendar_in_the_config_starts_at_the_config_file(
    cadence: Cadence, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CADENCE_CALENDAR")
    cadence("config", "set", "calendar", "ours.json")
    assert cadence("init", "--name", "Ours").status == 0
    assert (tmp_path / "config" / "cadence" / "ours.json").exists()


def test_before_there_are_members_changes_carry_the_login(cadence: Cadence) -> None:
    cadence("init", "--name", "Ours")
    assert author_of_the_last_change(cadence) == "maria"


def test_who_nobody_named_is_recorded_by_login(cadence: Cadence, team: Path) -> None:
    cadence("post", "move", 2, "+1d")
    assert author_of_the_last_change(cadence) == "maria"


def test_a_member_is_known_by_login(cadence: Cadence, team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "anna")
    cadence("post", "move", 2, "+1d")
    assert author_of_the_last_change(cadence) == "Anna"


def test_option_wins_over_environment_over_config_over_login(
    cadence: Cadence, team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "anna")
    cadence("config", "set", "member", "luca")
    assert cadence("mine", "--json").json["member"] == "Luca"
    monkeypatch.setenv("CADENCE_MEMBER", "studio")
    assert cadence("mine", "--json").json["member"] == "Studio Blu"
    assert cadence("mine", "--as", "ANNA", "--json").json["member"] == "Anna"


def test_a_view_works_for_a_stranger_but_claiming_needs_somebody(cadence: Cadence, team: Path) -> None:
    assert cadence("week").status == 0
    refused = cadence("claim", 3, "review")
    assert refused.status == 2
    assert "--as NAME" in refused.err
    assert cadence("claim", 3, "review", "--as", "Luca").status == 0


def test_setting_one_key_leaves_the_rest_of_the_file(cadence: Cadence, tmp_path: Path) -> None:
    file = tmp_path / "config" / "cadence" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text("# mine\nmember = 'Anna'  # me\n")
    cadence("config", "set", "calendar", 'C:\\"odd"\\team.json')
    cadence("config", "set", "member", "Luca")
    assert file.read_text() == '# mine\nmember = "Luca"\ncalendar = "C:\\\\\\"odd\\"\\\\team.json"\n'
    settings = {one["key"]: one["value"] for one in cadence("config", "show", "--json").json["settings"]}
    assert settings["calendar"] == 'C:\\"odd"\\team.json'
    assert cadence("config", "path").out.strip() == str(file)


def test_the_clock_can_be_set_with_or_without_an_offset(cadence: Cadence, team: Path) -> None:
    for clock in ("2026-11-23T09:00Z", "2026-11-23T10:00", "2026-11-23T10:00+01:00"):
        assert cadence("consistency", "--json", now=clock).json["to"] == "2026-11-23T10:00:00+01:00"


def test_the_clock_can_be_set_after_the_command_too(cadence: Cadence, team: Path) -> None:
    done = cadence("consistency", "--json", "--now", "2026-11-24T10:00Z", now="")
    assert done.json["to"] == "2026-11-24T11:00:00+01:00"


@pytest.mark.parametrize(
    ("variable", "zone"),
    [("Europe/Rome", "Europe/Rome"), (":America/New_York", "America/New_York")],
)
def test_a_new_calendar_takes_this_computers_time_zone(
    cadence: Cadence, monkeypatch: pytest.MonkeyPatch, variable: str, zone: str
) -> None:
    monkeypatch.setenv("TZ", variable)
    cadence("init")
    assert cadence("team", "show", "--json").json["team"]["zone"] == zone
