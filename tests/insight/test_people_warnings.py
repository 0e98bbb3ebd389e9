"""`unassigned-task`, `behind`, `away`, `overload`, `one-person` and `unsustainable`."""

from datetime import timedelta

from msgspec.structs import replace

from cadence.insight.warnings import find_warnings
from cadence.insight.warnings.promise import thinner
from cadence.model.post import Acknowledgement
from cadence.model.team import Skill, Span, Step, WorkingHours
from tests.builders import NOW, CalendarBuilder, a_calendar, day, utc
from tests.insight.warned import EVERYTHING, an_office, found, kinds, only, subjects

THURSDAY = "2026-11-26T09:00"
"""Draft by Tuesday, design and review by Wednesday, publishing on the day, answering by Friday."""


def everybody(member: str | None) -> dict[str, str | None]:
    return dict.fromkeys(EVERYTHING, member)


# unassigned-task


def test_a_task_that_nobody_has_is_warned_of() -> None:
    builder = an_office().with_member("Anna", allowance=300)
    builder = builder.with_post("Blog", THURSDAY, "Storia", tasks={"draft": "Anna"})
    warnings = found(builder, "unassigned-task")
    assert subjects(warnings) == ["1:design", "1:review", "1:publish", "1:engage"]
    design = warnings[0]
    assert (design.post, design.task, design.channel, design.member) == (1, "design", 1, None)
    assert design.cause == "Nobody has the design (30′) of “Storia”, due by Wed 25 Nov"
    assert design.at == utc("2026-11-25T22:59"), "the last minute of the day in Rome"


def test_the_window_must_open_within_the_horizon() -> None:
    """The horizon ends on Monday 21 December; a draft opens five working days before."""
    for published, is_warned in (("2026-12-28T09:00", True), ("2026-12-29T09:00", False)):
        warned = subjects(found(an_office().with_post("Blog", published), "unassigned-task"))
        assert ("1:draft" in warned) == is_warned


def test_done_skipped_and_published_tasks_need_nobody() -> None:
    done = an_office().with_post("Blog", THURSDAY, done=EVERYTHING)
    assert found(done, "unassigned-task") == []
    skipped = an_office().with_post("Blog", THURSDAY, state="skipped")
    assert found(skipped, "unassigned-task") == []
    published = an_office().with_post("Blog", THURSDAY, state="published", published_at=NOW)
    assert subjects(found(published, "unassigned-task")) == ["1:engage"], "answering is still to do"


def test_the_sooner_a_task_is_due_the_more_severe() -> None:
    builder = an_office().with_post("Blog", THURSDAY).with_post("Blog", "2026-12-15T09:00")
    severity = {warning.key: warning.severity for warning in found(builder, "unassigned-task")}
    assert severity["unassigned-task:1:review"] == "high"
    assert severity["unassigned-task:1:engage"] == "medium"
    assert severity["unassigned-task:2:draft"] == "low"


def test_the_ways_out_are_the_best_people_and_a_partner_with_the_cost() -> None:
    builder = (
        an_office()
        .with_member("Anna", allowance=60)
        .with_member("Luca", allowance=300)
        .with_member("Sara", allowance=150)
        .with_member("Elena", allowance=600)
        .with_member("Studio Blu", kind="partner", cost_per_hour=4500, allowance=600)
        .with_post("Blog", THURSDAY, tasks={**everybody("Anna"), "review": None})
    )
    warning = only(builder, "unassigned-task")
    assert [way.text for way in warning.ways_out] == [
        "Elena takes the review (+15′, would be at 2 %)",
        "Luca takes the review (+15′, would be at 5 %)",
        "Sara takes the review (+15′, would be at 10 %)",
        "Studio Blu takes the review (+15′, would be at 2 %, partner, 11.25 €)",
    ]
    assert warning.ways_out[3].command == "cadence assign 1 review 'Studio Blu'"
    assert warning.ways_out[3].action == ("assign", "1", "review", "Studio Blu")


def test_when_nobody_can_the_post_may_go_out_later_or_not_at_all() -> None:
    builder = an_office().with_member("Anna", skills=[Skill("draft")])
    warning = found(builder.with_post("Blog", THURSDAY, tasks={"draft": "Anna"}), "unassigned-task")[0]
    assert kinds(warning) == ["move", "skip"]
    assert warning.ways_out[0].command == "cadence post move 1 2026-12-03T09:00"


# behind


def test_a_task_is_behind_once_its_last_day_is_over() -> None:
    """The draft is due by Tuesday; in Rome the day ends at 23:00, UTC."""
    builder = an_office().with_member("Anna").with_post("Blog", THURSDAY, "Storia", tasks={"draft": "Anna"})
    assert found(builder, "behind", utc("2026-11-24T22:59")) == []
    warning = only(builder, "behind", utc("2026-11-24T23:00"))
    assert (warning.task, warning.member, warning.since) == ("draft", 1, utc("2026-11-24T23:00"))
    assert warning.cause == "The draft of “Storia” was due by Tue 24 Nov and Anna has not said it is done"
    assert (warning.ways_out[0].kind, warning.ways_out[0].command) == ("done", "cadence post done 1 draft")


def test_what_is_done_is_not_behind() -> None:
    builder = an_office().with_member("Anna")
    builder = builder.with_post("Blog", THURSDAY, tasks={"draft": "Anna"}, done=["draft"])
    assert found(builder, "behind", utc("2026-11-24T23:00")) == []


def test_a_post_that_should_be_out_offers_to_publish_it() -> None:
    builder = (
        an_office()
        .with_member("Anna")
        .with_post("Blog", "2026-11-18T09:00", tasks=everybody("Anna"), done=["draft", "design", "review"])
    )
    publishing = next(warning for warning in found(builder, "behind") if warning.task == "publish")
    assert (publishing.severity, publishing.ways_out[0].kind) == ("high", "publish")


def test_of_a_published_post_only_the_answering_can_be_behind_and_for_four_weeks() -> None:
    builder = an_office().with_post(
        "Blog", "2026-10-23T09:00", state="published", published_at=utc("2026-10-23T07:00")
    )
    assert subjects(found(builder, "behind")) == ["1:engage"], "due by Monday 26 October"
    assert found(builder, "behind", NOW + timedelta(days=1)) == []


def test_an_overdue_post_is_never_forgotten() -> None:
    assert len(found(an_office().with_post("Blog", "2026-01-15T09:00"), "behind")) == 5


# away


def test_a_task_wholly_within_an_absence_is_warned_of() -> None:
    builder = (
        an_office()
        .with_member("Paola")
        .with_post("Blog", THURSDAY, "Storia", tasks={"review": "Paola"})
        .with_absence("Paola", "2026-11-24", "2026-11-30")
    )
    warning = only(builder, "away")
    assert (warning.key, warning.severity) == ("away:1:review:1", "high")
    assert warning.cause == (
        "Paola has the review of “Storia”, due by Wed 25 Nov, but is away until Mon 30 Nov"
    )


def test_a_task_with_a_day_left_is_not() -> None:
    """The review can be done from Tuesday to Wednesday."""
    for first, last in (("2026-11-24", "2026-11-24"), ("2026-11-25", "2026-11-30")):
        builder = (
            an_office()
            .with_member("Paola")
            .with_post("Blog", THURSDAY, tasks={"review": "Paola"})
            .with_absence("Paola", first, last)
        )
        assert found(builder, "away") == []


def test_days_that_are_over_do_not_help() -> None:
    builder = (
        an_office()
        .with_member("Paola")
        .with_post("Blog", THURSDAY, tasks={"review": "Paola"})
        .with_absence("Paola", "2026-11-25", "2026-11-30")
    )
    assert len(found(builder, "away", utc("2026-11-25T09:00"))) == 1


def test_holidays_and_active_dates_are_absences_too() -> None:
    holiday = (
        a_calendar(holidays={day("2026-11-26"): "Festa"})
        .with_channel("Blog")
        .with_member("Paola", active_to=day("2026-11-26"))
        .with_post("Blog", THURSDAY, tasks={"publish": "Paola", "engage": "Paola"})
    )
    causes = {warning.task: warning.cause for warning in found(holiday, "away")}
    assert causes["publish"].endswith("but is on holiday on Thu 26 Nov (Festa)")
    assert causes["engage"].endswith("but is not here after Thu 26 Nov")


def test_a_day_off_is_no_absence() -> None:
    """A Saturday's post: nobody works then, which is overload by day, not an absence."""
    builder = an_office().with_member("Anna").with_post("Blog", "2026-11-28T09:00", tasks={"publish": "Anna"})
    assert found(builder, "away") == []
    warning = only(builder, "overload")
    assert warning.cause == "Anna needs 5′ on Sat 28 Nov and has 0′ free"


# overload


def test_what_is_due_today_can_still_be_too_much() -> None:
    builder = an_office().with_member("Anna").with_post("Blog", "2026-11-28T09:00", tasks={"publish": "Anna"})
    assert len(found(builder, "overload", utc("2026-11-28T08:00"))) == 1
    assert found(builder, "overload", utc("2026-11-29T08:00")) == []


def loaded(allowance: int, **member: object) -> CalendarBuilder:
    """The draft (60') and the answering (30') of one post, both due this week."""
    builder = an_office().with_member("Marco", allowance=allowance, **member)
    return builder.with_post("Blog", THURSDAY, "Storia", tasks={"draft": "Marco", "engage": "Marco"})


def test_load_over_the_weeks_capacity_is_warned_of() -> None:
    assert found(loaded(90), "overload") == []
    warning = only(loaded(89), "overload")
    assert (warning.key, warning.member, warning.severity) == ("overload:1:2026-11-23", 1, "high")
    assert warning.cause == "Marco has 90′ in the week of Mon 23 Nov and time for 89′: 1′ too much (101 %)"


def test_a_learner_is_overloaded_sooner() -> None:
    """The draft takes Marco 90′, the answering 30′."""
    skills = [Skill("draft", level="learning"), Skill("engage")]
    assert found(loaded(120, skills=skills), "overload") == []
    warning = only(loaded(119, skills=skills), "overload")
    assert warning.cause.startswith("Marco has 120′ in the week of Mon 23 Nov and time for 119′: 1′ too much")
    builder = loaded(60, skills=skills).with_member("Luca", allowance=300)
    # Sixty are too much: the draft, which gives Marco 90′ back and takes Luca 60′, is enough alone.
    assert only(builder, "overload").ways_out[0].text == (
        "Luca takes the draft (90′) of “Storia” (+60′, would be at 20 %)"
    )
    short = WorkingHours(*([(Span(9 * 60, 10 * 60),)] * 5), sat=(), sun=())
    builder = loaded(200, skills=skills, hours=short).with_absence("Marco", "2026-11-23", "2026-11-23")
    assert only(builder, "overload").cause == "Marco needs 90′ from Mon 23 Nov to Tue 24 Nov and has 60′ free"


def test_an_absence_can_make_an_overload() -> None:
    """The allowance is two hours, but with an hour a day and four days off one is left."""
    hours = WorkingHours(*([(Span(9 * 60, 10 * 60),)] * 5), sat=(), sun=())
    assert found(loaded(120, hours=hours), "overload") == []
    warning = only(loaded(120, hours=hours).with_absence("Marco", "2026-11-23", "2026-11-26"), "overload")
    assert warning.cause == "Marco has 90′ in the week of Mon 23 Nov and time for 60′: 30′ too much (150 %)"


def test_a_week_with_room_can_have_days_without() -> None:
    """Away on Tuesday with 45 minutes a day: the draft (due on Tuesday) has no room, the week has."""
    hours = WorkingHours(*([(Span(9 * 60, 9 * 60 + 45),)] * 5), sat=(), sun=())
    builder = loaded(120, hours=hours).with_absence("Marco", "2026-11-24", "2026-11-24")
    warning = only(builder, "overload")
    assert warning.cause == "Marco needs 60′ from Mon 23 Nov to Tue 24 Nov and has 45′ free"


def test_a_task_of_somebody_who_is_away_is_not_told_as_an_overload_as_well() -> None:
    hours = WorkingHours(*([(Span(9 * 60, 10 * 60),)] * 5), sat=(), sun=())
    builder = loaded(120, hours=hours).with_absence("Marco", "2026-11-23", "2026-11-24")
    assert found(builder, "overload") == []
    assert [warning.task for warning in found(builder, "away")] == ["draft"]


def test_a_week_without_anything_left_to_do_is_no_overload() -> None:
    builder = an_office().with_member("Marco", allowance=10)
    builder = builder.with_post("Blog", THURSDAY, done=["draft"], tasks={"draft": "Marco"})
    assert found(builder, "overload") == []


def test_one_warning_per_member_and_week() -> None:
    builder = loaded(60).with_post("Blog", "2026-12-03T09:00", tasks=everybody("Marco"))
    assert subjects(found(builder, "overload")) == ["1:2026-11-23", "1:2026-11-30"]


def test_the_ways_out_of_an_overload_move_the_smallest_task_that_is_enough() -> None:
    builder = loaded(70).with_member("Luca", allowance=300)
    ways = only(builder, "overload").ways_out
    assert [way.text for way in ways] == [
        "Luca takes the answering (30′) of “Storia” (+30′, would be at 10 %)",
        "Luca takes the draft (60′) of “Storia” (+60′, would be at 20 %)",
        "move “Storia” to Thu 3 Dec 09:00",
    ]


def test_pinned_tasks_are_not_suggested_to_others() -> None:
    calendar = loaded(70).with_member("Luca").build()
    post = calendar.posts[1]
    pinned = {kind: replace(task, pinned=True) for kind, task in post.tasks.items()}
    assert only(calendar.put(replace(post, tasks=pinned)), "overload").ways_out == ()


# one-person


def test_a_channel_that_rests_on_one_person_is_warned_of() -> None:
    builder = an_office().with_member("Anna", allowance=600).with_member("Luca")
    builder = builder.with_post("Blog", THURSDAY, tasks={"draft": "Anna", "design": "Anna"})
    warning = only(builder, "one-person")
    assert (warning.key, warning.member, warning.severity) == ("one-person:1", 1, "low")
    assert warning.cause == "Blog rests on Anna alone until Mon 21 Dec (2 tasks)"
    assert warning.ways_out[0].command == "cadence assign 1 design Luca"


def test_two_people_one_task_or_a_later_post_are_no_dependence() -> None:
    def office() -> CalendarBuilder:
        return an_office().with_member("Anna", allowance=600).with_member("Luca")

    both = {"draft": "Anna", "design": "Luca"}
    assert found(office().with_post("Blog", THURSDAY, tasks=both), "one-person") == []
    assert found(office().with_post("Blog", THURSDAY, tasks={"draft": "Anna"}), "one-person") == []
    later = office().with_post("Blog", "2026-12-22T09:00", tasks=everybody("Anna"))
    assert found(later, "one-person") == []


# unsustainable


def promised(allowance: int, rrule: str = "FREQ=WEEKLY;BYDAY=TH", **rhythm: object) -> CalendarBuilder:
    """A post on every Thursday costs 140', all due in its week."""
    builder = an_office().with_member("Anna", allowance=allowance)
    return builder.with_rhythm("Blog", rrule, start="2026-11-23", **rhythm)


def test_rhythms_that_need_more_than_the_team_has_are_warned_of_whoever_does_the_work() -> None:
    assert found(promised(140), "unsustainable") == []
    warning = only(promised(139), "unsustainable")
    assert (warning.key, warning.severity) == ("unsustainable", "high")
    assert warning.cause == (
        "The rhythms need 140′ in the week of Mon 23 Nov, the whole team has 139′; so in 5 of 5 weeks"
    )


def test_everybody_counts_partners_too() -> None:
    assert found(promised(100).with_member("Studio Blu", kind="partner", allowance=40), "unsustainable") == []


def test_a_week_of_holidays_can_be_unsustainable() -> None:
    builder = promised(140).with_absence("Anna", "2026-12-07", "2026-12-13")
    assert "in the week of Mon 7 Dec" in only(builder, "unsustainable").cause
    assert "1 of 5 weeks" in only(builder, "unsustainable").cause


def test_posts_count_with_their_own_tasks_and_paused_slots_not_at_all() -> None:
    assert found(promised(0, pauses=[("2026-11-23", "2026-12-31")]), "unsustainable") == []
    light = (
        a_calendar().with_workflow("Light", {"draft": Step(10, 0, 0)}).with_channel("Blog", workflow="Light")
    )
    light = light.with_member("Anna", allowance=10).with_rhythm("Blog", start="2026-11-23")
    assert found(light, "unsustainable") == []
    post = light.with_post("Blog", "2026-12-01T09:00", slot="2026-12-01T09:00").build().posts[1]
    heavy = light.build().put(replace(post, tasks={"draft": replace(post.tasks["draft"], effort=11)}))
    assert "need 11′ in the week of Mon 30 Nov" in only(heavy, "unsustainable").cause


def test_a_smaller_promise_and_more_of_a_partner_are_ways_out() -> None:
    builder = promised(200, "FREQ=WEEKLY;BYDAY=TU,TH")
    builder = builder.with_member("Studio Blu", kind="partner", cost_per_hour=6000, allowance=10)
    ways = only(builder, "unsustainable").ways_out
    assert [(way.kind, way.command) for way in ways] == [
        ("relax", "cadence rhythm edit 1 --rrule 'FREQ=WEEKLY;BYDAY=TU' --from 2026-11-23"),
        ("partner", "cadence member edit 'Studio Blu' --allowance 80"),
        ("pause", "cadence rhythm pause 1 2026-11-23 2026-11-29"),
    ]
    assert ways[1].text == "Studio Blu gives 70′ a week more (70 € a week)"


def test_a_smaller_promise_drops_the_last_weekday_or_comes_half_as_often() -> None:
    assert thinner("FREQ=WEEKLY;BYDAY=TU,TH") == ("FREQ=WEEKLY;BYDAY=TU", "without Thursdays")
    assert thinner("FREQ=WEEKLY;BYDAY=TU") == ("FREQ=WEEKLY;BYDAY=TU;INTERVAL=2", "every 2 weeks")
    assert thinner("FREQ=DAILY;INTERVAL=3") == ("FREQ=DAILY;INTERVAL=6", "every 6 days")
    assert thinner("FREQ=DAILY;INTERVAL=600") is None


# All warnings


def test_an_acknowledged_warning_says_by_whom_and_until_when() -> None:
    calendar = loaded(80).build()
    seen = Acknowledgement(id=1, key="overload:1:2026-11-23", by=1, until=day("2026-11-25"))
    warning = only(calendar.put(seen), "overload")
    assert (warning.state, warning.acknowledged_by, warning.acknowledged_until) == (
        "acknowledged",
        1,
        seen.until,
    )
    assert only(calendar.put(seen), "overload", utc("2026-11-25T22:59")).state == "acknowledged"
    assert only(calendar.put(seen), "overload", utc("2026-11-25T23:00")).state == "open"


def test_the_most_severe_come_first_and_then_the_soonest() -> None:
    builder = promised(50).with_post("Blog", THURSDAY).with_post("Blog", "2026-12-10T09:00")
    order = [
        ("high", "medium", "low").index(warning.severity) for warning in find_warnings(builder.build(), NOW)
    ]
    assert order == sorted(order)
    moments = [warning.at for warning in find_warnings(builder.build(), NOW) if warning.severity == "high"]
    assert moments == sorted(moment for moment in moments if moment)


def test_a_warning_keeps_its_key_as_time_goes_by() -> None:
    builder = promised(50).with_post("Blog", THURSDAY)
    today = {warning.key for warning in find_warnings(builder.build(), NOW)}
    assert len(today) == len(find_warnings(builder.build(), NOW)), "one per cause and subject"
    assert today <= {warning.key for warning in find_warnings(builder.build(), NOW + timedelta(hours=8))}


def test_no_warning_began_in_the_future() -> None:
    builder = promised(50, max_silence=3 * 24 * 60).with_post("Blog", THURSDAY)
    warnings = find_warnings(builder.with_post("Blog", "2026-11-19T09:00").build(), NOW)
    assert {warning.rule for warning in warnings} >= {"behind", "silence", "empty-slot", "unsustainable"}
    assert all(warning.since <= NOW for warning in warnings)


def test_an_empty_calendar_has_no_warnings() -> None:
    assert find_warnings(a_calendar().build(), NOW) == []


def test_without_an_advisor_nobody_is_named_and_nothing_is_said_of_who_can() -> None:
    builder = an_office().with_rhythm("Blog", start="2026-11-23").with_member("Anna", allowance=240)
    warnings = find_warnings(builder.with_post("Blog", THURSDAY).build(), NOW)
    ways = [way for warning in warnings for way in warning.ways_out]
    assert {way.kind for way in ways} == {"move", "plan", "pause"}
    assert not any("Anna" in way.text or "nobody" in way.text for way in ways)
