"""What a day holds, beside the plainest way to count it."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from gateway.outbound.counting.rules import Rules
from gateway.outbound.counting.sessions import Cell, DayCount, Mark, count

MIDNIGHT = 1_000_000 * 3600
RULES = Rules(session_minutes=30, noisy_per_hour=3, noisy_hours=2)


def mark(at: int, who: str = "a", service: str = "chatgpt", verdict: str = "block") -> Mark:
    return Mark(who, service, MIDNIGHT + at, "cardiologie", verdict, "block", "squid")


def counted(*marks: Mark, rules: Rules = RULES) -> DayCount:
    return count(sorted(marks, key=lambda one: one[:3]), MIDNIGHT, rules)


def test_a_session_lasts_until_a_long_pause() -> None:
    minute = 60
    day = counted(mark(0), mark(30 * minute), mark(60 * minute), mark(90 * minute + 1))
    assert day.attempts.total() == 4
    assert day.sessions.total() == 2
    assert day.people == 1


def test_services_and_people_have_their_own_sessions() -> None:
    day = counted(mark(0), mark(1, service="claude"), mark(2, who="b"), mark(3))
    assert (day.attempts.total(), day.sessions.total(), day.people) == (4, 3, 2)


def test_a_session_over_midnight_is_of_the_day_before() -> None:
    """Would catch: each night's sessions counted twice."""
    day = counted(mark(-60), mark(60), mark(1900))
    assert (day.attempts.total(), day.sessions.total()) == (2, 1)
    assert counted(mark(-60)) == DayCount()


def test_a_session_is_counted_once_though_its_verdict_changes() -> None:
    day = counted(mark(0, verdict="observe"), mark(10, verdict="block"))
    assert {cell.verdict: number for cell, number in day.sessions.items()} == {"observe": 1, "block": 0}


def test_a_client_that_never_rests_is_counted_apart() -> None:
    """Would catch: one forgotten tab that makes half of the hospital's attempts."""
    often = [mark(hour * 3600 + each) for hour in range(3) for each in range(4)]
    day = counted(*often, mark(5, who="b"))
    assert day.automatic == {("a", "chatgpt")}
    assert day.people == 1
    assert {cell.automatic: number for cell, number in day.attempts.items()} == {True: 12, False: 1}
    assert counted(*often[:8]).automatic == set()
    assert counted(*often[:11]).automatic == set()


MARKS = st.lists(
    st.builds(
        mark,
        st.integers(-1800, 8 * 3600),
        st.sampled_from("abc"),
        st.sampled_from(["chatgpt", "claude"]),
        st.sampled_from(["observe", "block"]),
    ),
    max_size=60,
)


@given(MARKS)
def test_counts_are_exact(marks: list[Mark]) -> None:
    """Would catch: any error of counting. The oracle looks at every pair of attempts."""
    day = counted(*marks)
    today = [one for one in marks if one.at >= MIDNIGHT]
    noisy = set()
    for who, service in {(one.pseudonym, one.service) for one in today}:
        hours = Counter(one.at // 3600 for one in today if (one.pseudonym, one.service) == (who, service))
        if len([often for often in hours.values() if often > 3]) > 2:
            noisy.add((who, service))
    instants = {(one.pseudonym, one.service, one.at) for one in marks}
    begun = [
        (who, service, at)
        for who, service, at in instants
        if at >= MIDNIGHT and not any((who, service, at - back) in instants for back in range(1, 1801))
    ]
    assert day.automatic == noisy
    assert day.attempts == Counter(_cell(one, noisy) for one in today)
    assert day.sessions.total() == len(begun)
    assert day.people == len({one.pseudonym for one in today if (one.pseudonym, one.service) not in noisy})
    assert {cell: len(agents) for cell, agents in day.agents.items()} == Counter(
        cell for cell, _ in {(_cell(one, noisy), one.pseudonym) for one in today}
    )


def _cell(one: Mark, noisy: set[tuple[str, str]]) -> Cell:
    automatic = (one.pseudonym, one.service) in noisy
    return Cell(one.service, one.department, one.verdict, one.planned, one.engine, automatic)
