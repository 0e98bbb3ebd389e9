"""Four weeks of a company with nine people and a studio, as they lived them.

Anna, Bruno and Carla lead; Dino, Elsa and Fabio of the workshop type commands; Gina, Hugo and Irma of the
warehouse never open a terminal: they have a page.

The Blog is promised for Thursdays at ten, LinkedIn for Tuesdays at nine. Posts, by number:

| post | where, for when | from the idea of | what became of it |
|---|---|---|---|
| 1 | LinkedIn, Tue 3 Nov | | out in time, with a link |
| 2 | Blog, Thu 5 | | out in time |
| 3 | Blog, Thu 12 | Gina (1) | moved to Friday: late, with a link |
| 4 | LinkedIn, Tue 10 | Hugo (2) | out on Wednesday: late |
| 5 | Blog, Wed 18, an extra | Elsa (5) | out as planned |
| 6 | Blog, Thu 19 | Dino (4) | out in time, with a link |
| 7 | LinkedIn, Tue 17 | | skipped: missed |
| 8 | LinkedIn, Tue 24 | Carla (6) | out on Monday: early |
| 9 | Blog, Thu 26 | | out in time |
"""

from __future__ import annotations

from tests.chores.mailbox import a_webhook
from tests.company import Company

PEOPLE = {
    "Office": ("Anna", "Bruno", "Carla"),
    "Workshop": ("Dino", "Elsa", "Fabio"),
    "Warehouse": ("Gina", "Hugo", "Irma"),
}
STAFF = [name for names in PEOPLE.values() for name in names]
ARTICLE = "--step draft:1h:-5:-2 --step review:15m:-1:-1 --step publish:5m:0:0 --step engage:30m:0:1"
NOTE = "--step draft:30m:-3:-1 --step publish:5m:0:0"


def live(company: Company) -> None:
    """The four weeks from Monday 2 November 2026, and the Friday before; then it is Monday 30 November."""
    for part in (set_up, first_week, second_week, third_week, fourth_week):
        part(company)
    company.at("2026-11-30 08:00")


def set_up(company: Company) -> None:
    company.at("2026-10-30 08:00")
    company.says(None, 'init --name "Officine Verdi" --zone Europe/Rome')
    for department, names in PEOPLE.items():
        lead = "--lead" if department == "Office" else ""
        for name in names:
            company.says(None, f"member add {name} --department {department} --allowance 2h {lead}")
    company.says(None, 'member add "Studio Blu" --partner --cost 48 --allowance 1h --skill engage')
    company.says(None, f"workflow add Article {ARTICLE}")
    company.says(None, f"workflow add Note {NOTE}")
    company.says(None, "channel add LinkedIn --workflow Note")
    company.says(None, "channel add Blog --workflow Article")
    company.says(None, "rhythm add LinkedIn --rrule FREQ=WEEKLY;BYDAY=TU --at 09:00 --from 2026-11-02")
    company.says(None, "rhythm add Blog --rrule FREQ=WEEKLY;BYDAY=TH --at 10:00 --from 2026-11-02")
    company.says(None, "lead set Anna Bruno Carla --from 2026-11-02")
    for name in (*STAFF, "Studio Blu"):
        company.subscribes(name, f'--tasks "{name}"')
    company.subscribes("The board", "--team")
    company.subscribes("The printer", "--channel Blog")
    company.subscribes("The intern", "--gaps")
    company.says(None, 'post add LinkedIn "Hello from the workshop" --slot 2026-11-03')
    company.says(None, 'post add Blog "Forty years of turning" --slot 2026-11-05')
    for task in ("1 draft Elsa", "1 publish Bruno", "2 draft Dino", "2 review Anna", "2 publish Anna"):
        company.says(None, f"assign {task}")
    company.says(None, "assign 2 engage Dino")


def first_week(company: Company) -> None:
    company.at("2026-11-02 09:00")
    with company.pages() as page_of:
        page_of("Gina").suggest("Why our crates are green", channel="Blog")
        page_of("Hugo").suggest("Night shift photos", channel="LinkedIn")
        assert "Your idea is written down" in page_of("Irma").suggest("A raffle for followers")
        assert "You vote for" in page_of("Irma").press("Good idea", "Night shift photos")
        page_of("Gina").comment("Night shift photos", "The forklifts at four in the morning!")
    company.says("Elsa", "post done 1 draft")
    company.says("Elsa", "digest set --every daily")
    company.says("Anna", "digest set --every weekly --for Irma")

    company.at("2026-11-03 09:05")
    company.says("Bruno", "post publish 1 --link https://example.com/1")
    company.says("Dino", "post done 2 draft")
    company.says("Dino", 'idea "How we sharpen tools" --channel Blog')
    company.says("Dino", "idea vote 2")
    company.says("Elsa", 'idea comment 2 "With a tripod, please"')

    company.at("2026-11-04 09:00")
    company.says("Anna", "post done 2 review")
    company.says("Anna", "boost done 1")
    company.says("Anna", "idea accept 1 --slot 2026-11-12")
    company.says("Anna", "idea accept 2 --slot 2026-11-10")
    company.says("Bruno", 'idea decline 3 "We give no prizes away"')
    company.says("Anna", 'idea park 4 "After the audit"')
    for task in ("3 draft Fabio", "3 review Dino", "3 publish Carla", "3 engage Hugo"):
        company.says("Anna", f"assign {task}")
    company.says("Anna", "assign 4 draft Elsa")
    company.says("Anna", "assign 4 publish Bruno")
    company.says("Dino", "offer 2 engage --to Elsa")
    said = company.says("Elsa", 'decline 2 engage --note "This week is full"')
    assert "Dino keeps it" in said
    company.says("Elsa", "offer 4 draft --until 2026-11-06")

    company.at("2026-11-05 10:00")
    company.says("Anna", "post publish 2")
    company.says("Bruno", "boost decline 1")

    company.at("2026-11-06 10:00")
    company.says("Carla", "boost done 1")
    company.says("Dino", "post done 2 engage")
    company.says("Fabio", "offer 3 draft --to Gina")
    assert "green” (post 3), 60′, from Fabio" in company.says("Gina", "digest")
    company.says("Carla", "lead swap 2026-11-09 2026-11-16")


def second_week(company: Company) -> None:
    company.at("2026-11-09 08:30")
    digests_arrive_once(company)
    company.says("Bruno", "offer 4 publish --to Hugo")
    with company.pages() as page_of:
        assert "We give no prizes away" in page_of("Irma").text
        taken = page_of("Gina").press("I take it", "the draft of Why our crates are green")
        assert "is yours now" in taken
        page_of("Hugo").press("No", "the publishing of Night shift photos")
    assert "the offer ended on Fri 6 Nov" in company.is_refused("Fabio", "claim 4 draft")
    company.says("Dino", "boost done 1")
    company.says("Elsa", 'idea "The new lathe"')
    company.says("Carla", "boost done 1 --by Irma")  # nobody had asked her

    company.at("2026-11-10 11:00")
    company.says("Elsa", "post done 4 draft")
    company.says("Carla", "post done 3 draft --by Gina")
    company.says("Carla", 'idea "Ask the team leader anything" --channel LinkedIn')
    company.says("Carla", 'idea accept 5 --at "2026-11-18 15:00" --channel Blog')
    company.says("Carla", "assign 5 draft Elsa")
    company.says("Carla", "assign 5 review Carla")
    company.says("Dino", "offer 3 review --to Carla --until 2026-11-10")
    company.says("Anna", "post move 3 +1d")  # and the offer with it
    company.says("Bruno", 'lead pause 2026-11-23 --reason "The fair"')

    company.at("2026-11-11 10:00")
    company.says("Bruno", "post publish 4")
    company.says("Carla", "claim 3 review")
    company.says("Dino", "idea reopen 4")
    company.says("Dino", "idea accept 4 --slot 2026-11-19")
    for task in ("6 draft Dino", "6 review Fabio", "6 publish Anna", "6 engage Gina"):
        company.says("Anna", f"assign {task}")
    company.says("Elsa", "offer 5 draft --to Dino")

    company.at("2026-11-12 10:00")
    company.says("Carla", "post done 3 review")
    company.says("Dino", "claim 5 draft")
    company.says("Bruno", 'post add LinkedIn "Greetings from the fair" --slot 2026-11-17')
    company.says("Bruno", "assign 7 draft Dino")
    company.says("Bruno", "assign 7 publish Bruno")
    company.says("Carla", "idea accept 6 --slot 2026-11-24")
    company.says("Carla", "assign 8 draft Carla")
    company.says("Carla", "assign 8 publish Anna")

    company.at("2026-11-13 10:00")
    company.says("Carla", "post publish 3 --link https://example.com/3")
    company.says("Dino", "give-back 5 draft")
    company.says("Dino", "offer 7 draft --to Fabio")
    company.says("Dino", "offer 6 draft --for 8 draft")


def digests_arrive_once(company: Company) -> None:
    """Elsa hears of today's work, Irma of what became of her idea, each once, however often it is sent."""
    with a_webhook() as hook:
        for name in ("Elsa", "Irma"):
            company.says(None, f"digest to {name} {hook.url}")
        for _ in range(2):
            company.says(None, "digest --send")
    assert len(hook.texts) == 2
    of_elsa, of_irma = hook.texts
    assert "Night shift photos" in of_elsa
    assert "We give no prizes away" in of_irma


def third_week(company: Company) -> None:
    company.at("2026-11-16 09:00")
    said = company.says("Bruno", "absence add Fabio 2026-11-16 2026-11-27 --reason Ill")
    assert "6  review" in said
    company.says("Bruno", "decline 7 draft --for Fabio")
    company.says("Bruno", "offer 6 review --to Elsa")
    company.says("Elsa", "claim 6 review")
    company.says("Carla", "claim 6 draft")  # and Dino has 8 draft for it
    company.says("Elsa", "post done 5 draft")
    company.says("Bruno", "post done 3 engage --by Hugo")
    company.says("Bruno", 'post add Blog "A week in the workshop" --slot 2026-11-26')
    for task in ("9 draft Elsa", "9 review Bruno", "9 publish Anna", '9 engage "Studio Blu"'):
        company.says("Bruno", f"assign {task}")
    company.says("Bruno", "claim 5 publish")
    company.says("Bruno", "assign 5 engage Irma")

    company.at("2026-11-17 10:00")
    company.says("Carla", "post done 6 draft")
    company.says("Carla", "post done 5 review")
    company.says("Bruno", 'post skip 7 --reason "Dino had no hour for it"')

    company.at("2026-11-18 09:00")
    company.says("Elsa", "post done 6 review")
    with company.pages() as page_of:
        assert "SUMMARY:Pass on: Why our crates are green [Blog]" in page_of("Gina").feed
        page_of("Gina").press("I did", "pass on Why our crates are green")
        page_of("Hugo").press("Not this one", "Why our crates are green")
        page_of("Hugo").suggest("Open day in spring", until="2026-12-18")
    company.at("2026-11-18 15:00")
    company.says("Bruno", "post publish 5")

    company.at("2026-11-19 10:00")
    company.says("Anna", "post publish 6 --link https://example.com/6")
    company.says("Anna", "boost done 3")
    company.says("Bruno", "post done 5 engage --by Irma")

    company.at("2026-11-20 10:00")
    company.says("Carla", "boost done 6")
    company.says("Dino", "post done 8 draft")
    company.says("Bruno", "post done 6 engage --by Gina")


def fourth_week(company: Company) -> None:
    company.at("2026-11-23 17:00")
    company.says("Bruno", "boost done 3")
    company.says("Dino", "boost done 6")
    company.says("Elsa", "post done 9 draft")
    company.says("Anna", "post publish 8")
    company.says("Anna", "offer 9 publish")

    company.at("2026-11-24 10:00")
    company.says("Dino", "claim 9 publish")
    company.says("Dino", "undo")
    company.says("Anna", "withdraw 9 publish")

    company.at("2026-11-25 10:00")
    company.says("Bruno", "post done 9 review")
    company.says("Elsa", "boost decline 6")

    company.at("2026-11-26 10:00")
    company.says("Anna", "post publish 9")
    with company.pages() as page_of:
        for name in ("Gina", "Irma"):
            assert "Thank you" in page_of(name).press("I did", "pass on How we sharpen tools")

    company.at("2026-11-27 10:00")
    company.says("Bruno", 'post done 9 engage --by "Studio Blu"')
