from policies.facts import Likely, Recognised, Recognition
from policies.practices.whole import whole

SURE = Recognised("tri_patients", 0.9)
SURER = Recognised("tri_patients", 0.97)
OTHER = Recognised("exfiltration", 0.95)
DOUBT = Recognised("falsification", 0.5)


def test_the_worst_of_each_practice_counts_most_certain_first() -> None:
    found = whole([Recognition((SURE,)), Recognition((OTHER,)), Recognition((SURER,))], [])
    assert found.forbidden == (SURER, OTHER)


def test_what_is_certain_somewhere_is_doubtful_nowhere() -> None:
    doubted = Recognition(doubtful=(Recognised("tri_patients", 0.5), DOUBT))
    assert whole([doubted, Recognition((SURE,))], []).doubtful == (DOUBT,)


def test_the_last_that_was_asked_says_the_use() -> None:
    first, last = Recognition(uses=(Likely("traduction", 0.9),)), Recognition(uses=(Likely("codage", 0.8),))
    assert whole([first, last], [first]).uses == first.uses
    assert whole([first, last], []).uses == last.uses


def test_one_emergency_is_enough() -> None:
    assert whole([Recognition(), Recognition(emergency=True)], []).emergency
    assert whole([], []) == Recognition()
