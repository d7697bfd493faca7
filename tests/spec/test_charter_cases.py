"""The shipped charter decides as its cases say: caller, request, decision, and what the journal writes of it."""

import pytest

from config.charter import SHIPPED
from policies.cases import Case, beside, failures, read_cases
from policies.charter import Charter
from policies.loader import read_charter
from policies.rule import Code

CASES = read_cases(beside(SHIPPED)).result()
TEXT = read_charter(SHIPPED, [route.id for route in CASES.routes]).result()


@pytest.mark.parametrize("case", CASES.cases, ids=[case.case for case in CASES.cases])
def test_case(case: Case) -> None:
    assert failures(case, CASES, TEXT) == ()


def test_every_use_every_code_and_every_practice_has_a_case() -> None:
    charter = Charter(TEXT, ())
    assert {case.expect.use for case in CASES.cases} - {None} == set(charter.uses)
    assert {case.expect.code for case in CASES.cases} == set(Code) | set(charter.practices)
