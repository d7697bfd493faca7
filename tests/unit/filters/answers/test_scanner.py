"""What programs read leaves as it is, and is counted; a secret in it forbids the answer."""

import json

import pytest

from tests.fakes.answers import SECRET, scan


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


def test_deep_data_do_not_break_the_scan() -> None:
    one = scan()
    one.count("[" * 100_000)
    one.count("[" * 500 + '"<script>"' + "]" * 500)
    assert one.counts["active"] == 1
