"""What programs read leaves as it is, and is counted; a secret in it forbids the answer."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filters.answers.scanner import Scanner
from policies.practices import secrets
from tests.fakes.answers import SECRET, out, scan


@pytest.mark.parametrize(
    "written",
    [
        '{"lien": "![](https://evil.example)", "x": ["<script>"]}',
        '{"lien": "![](https:\\/\\/evil.example)<script>"',
        "pas du JSON <script> ![](https://evil.example/)",
    ],
)
def test_data_leave_as_they_are_and_are_counted(written: str) -> None:
    """Would catch: arguments that no program can read any more, or an image in them that nobody counts."""
    one = scan()
    stream = one.data()
    assert "".join([*map(stream.feed, written), stream.flush()]) == written
    assert (one.counts["images"], one.counts["active"], one.forbidden) == (1, 1, False)


@pytest.mark.parametrize(("asked", "forbidden"), [((), True), ((f"Crée le compte avec {SECRET}",), False)])
def test_a_secret_that_nobody_gave_forbids_the_answer(asked: tuple[str, ...], forbidden: bool) -> None:  # noqa: FBT001
    """Would catch: a tool that is made to sign in with a password which the model took from elsewhere."""
    one = scan(*asked)
    one.count(json.dumps({"mot de passe": SECRET, "liste": [[{"x": 1}]]}))
    assert one.forbidden is forbidden


@pytest.mark.parametrize(
    "written",
    [
        f'{{"{SECRET}": 1}}',
        f'{{"{SECRET}": []}}',
        f'{{"a": "{SECRET}", "a": "b"}}',
        f'[{{"\\u0053{SECRET[1:]}": {{}}}}]',
    ],
)
def test_keys_and_keys_written_twice_are_read(written: str) -> None:
    """Would catch: a password in the half of an object that the gateway's parser drops and a program's does not."""
    one = scan()
    one.count(written)
    assert one.forbidden
    assert one.counts["secrets"] == 1


def test_numbers_are_read_with_their_keys() -> None:
    """Would catch: a card's code, or a social security number that the model made up, which is written as a number."""
    one = Scanner([], secrets.within).scan([])
    one.count('{"code pin": 4821, "nir": [151043523804258]}')
    assert (one.forbidden, one.counts["new_identifiers"]) == (True, 1)


def test_deep_data_do_not_break_the_scan() -> None:
    one = scan()
    one.count("[" * 100_000)
    one.count("[" * 500 + '"<script>"' + "]" * 500)
    assert one.counts["active"] == 1


SCRAPS = [
    *("mot de passe :", "Soleil2026!", "code", "PIN", ":", "4821", "clé d'API", "8f3a9c2e7b1d4f60a5e8", "glycémie"),
    *("AKIAABCD1234EFGH5678", "-----BEGIN", "PRIVATE", "KEY-----", "MIIEvQIBADANBgkqhkiG9w0B", "pass", "phrase", "est"),
    *("jours", "12", "mg/L", " ", "  ", "\t", "\n", " \n\n", "\u00a0", ", "),
]


@given(st.lists(st.sampled_from(SCRAPS), min_size=60, max_size=150), st.integers(1, 40))
def test_a_whole_answer_loses_the_secrets_that_it_loses_in_pieces(scraps: list[str], size: int) -> None:
    """Would catch: a secret that leaves since its rule was ruled out for the whole text, whose blanks differ."""
    text = "".join(scraps)
    at_once, apart = (Scanner([], secrets.within).scan([]) for _ in range(2))
    assert out(at_once.text(), [text]) == out(apart.text(), [text[at : at + size] for at in range(0, len(text), size)])
    assert at_once.counts == apart.counts
