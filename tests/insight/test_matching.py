"""Which publication fills which slot: hand-checked cases, and every small case against trying everything."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from cadence.insight.matching import Place, best_matching

DAY = timedelta(days=1)
START = datetime(2026, 1, 5, 12, tzinfo=UTC)


def days(*numbers: float) -> list[datetime]:
    return [START + number * DAY for number in numbers]


def places(*slots: float, tolerance: float = 0.5) -> list[Place]:
    """Slots at these days, on time within `tolerance` days; the ends reach one interval."""
    at = days(*slots)
    before_first, after_last = (
        (at[0] - (at[1] - at[0]), at[-1] + (at[-1] - at[-2]))
        if len(at) > 1
        else (
            at[0] - 7 * DAY,
            at[0] + 7 * DAY,
        )
    )
    around = [before_first, *at, after_last]
    margin = tolerance * DAY
    return [
        Place(slot, around[n], around[n + 2], slot - margin, slot + margin + datetime.resolution)
        for n, slot in enumerate(at)
    ]


def value(published: datetime, place: Place) -> float:
    return 1.0 if place.opens <= published < place.closes else 0.5


def worth(
    chosen: list[int | None], publications: list[datetime], slots: list[Place]
) -> tuple[float, timedelta]:
    """The sum of values and the sum of distances, as the definition has them."""
    pairs = [(p, slots[n]) for p, n in zip(publications, chosen, strict=True) if n is not None]
    return sum(value(p, s) for p, s in pairs), sum((abs(p - s.at) for p, s in pairs), timedelta())


def by_trying_everything(publications: list[datetime], slots: list[Place]) -> tuple[float, timedelta]:
    best = (0.0, timedelta())
    for size in range(1, min(len(publications), len(slots)) + 1):
        for some in combinations(range(len(publications)), size):
            for held in combinations(range(len(slots)), size):
                pairs = [(publications[p], slots[s]) for p, s in zip(some, held, strict=True)]
                if all(s.after < p < s.before for p, s in pairs):
                    values = sum(value(p, s) for p, s in pairs)
                    distance = sum((abs(p - s.at) for p, s in pairs), timedelta())
                    best = max(best, (values, distance), key=lambda found: (found[0], -found[1]))
    return best


def test_a_publication_takes_the_slot_that_it_is_on_time_for() -> None:
    assert best_matching(days(7), places(0, 7, 14)) == [1]


def test_a_publication_between_two_slots_takes_the_nearer_one() -> None:
    assert best_matching(days(3), places(0, 7, 14)) == [0]
    assert best_matching(days(4), places(0, 7, 14)) == [1]


def test_half_way_between_two_slots_the_earlier_one_is_filled() -> None:
    assert best_matching(days(3.5), places(0, 7, 14)) == [0]


def test_being_on_time_is_worth_more_than_being_near() -> None:
    wide = places(0, 7, 14, tolerance=4)[1]
    narrow = places(0, 7, 14, tolerance=0.5)
    assert best_matching(days(3.2), [narrow[0], wide, narrow[2]]) == [1]


def test_two_publications_between_two_slots_fill_both_in_order() -> None:
    assert best_matching(days(5, 6), places(0, 7)) == [0, 1]


def test_of_three_publications_between_two_slots_the_middle_one_is_an_extra() -> None:
    assert best_matching(days(1, 3, 6), places(0, 7)) == [0, None, 1]


def test_the_sum_of_values_counts_not_each_value() -> None:
    """The publication that is on time for the second slot could fill the first, late; that is worth less."""
    assert best_matching(days(7), places(0, 7)) == [1]
    assert best_matching(days(7, 7.1), places(0, 7)) == [1, None]


def test_a_publication_at_a_neighbour_does_not_fill_the_slot_between() -> None:
    assert best_matching(days(0, 0), places(0, 7)) == [0, None]
    assert best_matching(days(7), places(0, 7, 14)[:1]) == [None]


def test_before_the_first_and_after_the_last_slot_it_is_one_interval() -> None:
    slots = places(0, 7)
    assert best_matching(days(-6.9), slots) == [0]
    assert best_matching(days(-7), slots) == [None]
    assert best_matching(days(13.9), slots) == [1]
    assert best_matching(days(14), slots) == [None]


def test_a_lone_slot_reaches_a_week_to_either_side() -> None:
    assert best_matching(days(-6.9), places(0)) == [0]
    assert best_matching(days(7), places(0)) == [None]


def test_a_publication_moves_on_to_the_next_slot_when_that_fills_more() -> None:
    """Day 4 is nearer to day 7, but the post of day 6 fills that one."""
    assert best_matching(days(4, 6), places(0, 7, 14)) == [0, 1]
    assert best_matching(days(-2, -1, 6), places(0, 7, 14)) == [None, 0, 1]
    assert best_matching(days(1, 6, 8), places(0, 7, 14)) == [0, 1, 2]


def test_nothing_to_match() -> None:
    assert best_matching([], places(0, 7)) == []
    assert best_matching(days(1, 2), []) == [None, None]


moments = st.lists(st.integers(-20, 80), max_size=6).map(
    lambda hours: [START + h * DAY / 4 for h in sorted(hours)]
)
lines = st.lists(st.integers(0, 60), min_size=1, max_size=6, unique=True)


@given(moments, lines, st.sampled_from([0.0, 0.25, 0.5, 1.0, 3.0]))
def test_it_is_as_good_as_trying_everything(
    publications: list[datetime], line: list[int], margin: float
) -> None:
    slots = places(*(n / 4 for n in sorted(line)), tolerance=margin)
    chosen = best_matching(publications, slots)
    assert worth(chosen, publications, slots) == by_trying_everything(publications, slots)


@given(moments, lines, st.sampled_from([0.25, 1.0, 3.0]))
def test_it_is_one_to_one_in_order_and_within_the_neighbours(
    publications: list[datetime], line: list[int], margin: float
) -> None:
    slots = places(*(n / 4 for n in sorted(line)), tolerance=margin)
    chosen = best_matching(publications, slots)
    taken = [place for place in chosen if place is not None]
    assert taken == sorted(set(taken))
    for published, place in zip(publications, chosen, strict=True):
        assert place is None or slots[place].after < published < slots[place].before
