"""An answer's text, however it is cut: the same whole, defused, with as little held back as can be."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filters.answers.scanner import Scanner
from policies.practices import secrets
from tests.fakes.answers import SECRET, out, scan

FRAGMENTS = [
    "![",
    "](",
    ")",
    "[a]",
    "![a](https://evil.example/x)",
    "https://evil.example",
    "https://has-sante.fr/x",
    "www.",
    "<",
    ">",
    "<b ",
    "<script",
    "onclick=",
    "=",
    '"',
    "'",
    "javascript:",
    "```",
    "~~~",
    "```python",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "   ",
    "\t",
    "- ",
    "> ",
    "1. ",
    "$$",
    "é",
    "mot",
    SECRET,
    "\\",
    "[NOM_1]",
    "-----BEGIN PRIVATE KEY-----",
    "-----END PRIVATE KEY-----",
]
TEXTS = st.lists(st.sampled_from(FRAGMENTS), max_size=24).map("".join)


def cut(text: str, sizes: list[int]) -> list[str]:
    pieces, at = [], 0
    for size in sizes:
        pieces.append(text[at : at + size])
        at += size
    return [*pieces, text[at:]]


@given(TEXTS, st.lists(st.integers(0, 5), max_size=60))
def test_any_cut_gives_the_same_whole(text: str, sizes: list[int]) -> None:
    """Would catch: an image that leaves intact since its address came in two pieces."""
    at_once, streamed = scan(), scan()
    first, second = at_once.text(), streamed.text()
    assert out(first, [text]) == out(second, cut(text, sizes)) == out(scan().text(), list(text))
    assert (at_once.counts, first.sentence) == (streamed.counts, second.sentence)


@given(TEXTS)
def test_defused_text_has_nothing_left_to_defuse(text: str) -> None:
    """Would catch: an answer that becomes harmful by being defused once."""
    once = out(scan().text(), [text])
    again = scan()
    out(again.text(), [once])
    assert again.counts["images"] == 0 or "```" in text or "~~~" in text


@given(st.text(st.characters(exclude_characters="<=:[]/.`~"), max_size=200), st.lists(st.integers(0, 5), max_size=40))
def test_plain_text_passes_byte_for_byte(text: str, sizes: list[int]) -> None:
    assert out(scan().text(), cut(text, sizes)) == text


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (["Le ", "pat", "ient ", "va"], ["Le ", "", "patient ", ""]),
        (
            ["Voir ![", "a b](https", "://evil.example) ", "fin "],
            ["Voir ", "", "(image non affichée : a b, `evil.example`) ", "fin "],
        ),
        (["```\n", "https://evil.ex", "ample"], ["```\n", "https://evil.ex", "ample"]),
    ],
)
def test_words_leave_as_soon_as_they_are_whole(pieces: list[str], expected: list[str]) -> None:
    """Would catch: a stream that is held to its end."""
    stream = scan().text()
    assert [stream.feed(piece) for piece in pieces] == expected


CODE = "Voici :\n\n```python\nopen('https://evil.example', '<script>')\nS3CR3T = 1\n```\n"


def test_code_stays_as_it_is_and_is_counted() -> None:
    """Would catch: code that no longer runs as it was asked for."""
    one = scan()
    stream = one.text()
    assert out(stream, [CODE]) == CODE
    assert (one.counts["links"], one.counts["active"], one.counts["secrets"], stream.sentence) == (1, 1, 1, "")


@pytest.mark.parametrize(
    "text",
    [
        CODE + "https://evil.example",
        "- ```\n  code\n  ```\nhttps://evil.example",
        "- a\n  ```\n  code\nhttps://evil.example\n",
        "> ```\nhttps://evil.example\n",
        "- a\n     ```\n  ```\nhttps://evil.example\n  ```\n",
        "<div>\n```\nhttps://evil.example\n```\n",
        "<div>\r\n```\r\nhttps://evil.example\r\n```\r\n",
        "$$\n```\n$$\nhttps://evil.example\n",
        "    ```\n    https://evil.example\n",
        "```un`deux\nhttps://evil.example\n",
        "```\na\n````\nhttps://evil.example",
        "\t```\n\thttps://evil.example",
    ],
)
def test_what_only_looks_like_code_is_no_way_out(text: str) -> None:
    """Would catch: an address that one renderer shows as code and the reader's one as a link."""
    assert "hxxps://evil.example" in out(scan().text(), [text])


@pytest.mark.parametrize(
    "text",
    [
        "1. Lancer :\n   ```bash\n   curl https://evil.example\n\n   ls\n   ```\n2. Fin\n\n```\nhttps://evil.example\n```",
        "~~~\nhttps://evil.example\n```\n~~~\n",
        "```\r\nhttps://evil.example\r\n```\r\n",
        "- a\n\n    ```\n    x\n    ```\n\n```\nhttps://evil.example\n```",
    ],
)
def test_code_in_lists_is_code(text: str) -> None:
    assert out(scan().text(), [text]) == text


def test_a_secret_of_the_model_is_taken_out_and_one_of_the_request_is_not() -> None:
    """Would catch: a password that the model remembers, shown to whoever asks."""
    assert out(scan().text(), [f"Le code est {SECRET}, voilà."]) == "Le code est [secret retiré], voilà."
    mine = scan(f"Vérifie {SECRET}")
    assert out(mine.text(), [f"Le code est {SECRET}."]) == f"Le code est {SECRET}."
    assert mine.counts["secrets"] == 0


def test_a_private_key_is_taken_out_line_by_line() -> None:
    """Would catch: a key whose first line alone is recognised."""
    key = "-----BEGIN PRIVATE KEY-----\n" + "MIIEvQIBADANBgkqhkiG9w0B\n" * 30 + "-----END PRIVATE KEY-----"
    one = Scanner([], secrets.found).scan([])
    shown = out(one.text(), list(f"Voici {key} fin"))
    assert "MIIE" not in shown
    assert shown.endswith("-----END PRIVATE KEY----- fin")
    assert one.counts["secrets"] == 1


def test_the_secrets_of_requests_are_those_of_answers() -> None:
    text = (
        "Utilisez mot de passe : Soleil2026! puis AKIAABCD1234EFGH5678, et changez le mot de passe tous les 90 jours."
    )
    one = Scanner([], secrets.found).scan([])
    assert out(one.text(), list(text)) == (
        "Utilisez mot de passe : [secret retiré] puis [secret retiré], et changez le mot de passe tous les 90 jours."
    )
    assert one.counts["secrets"] == 2


@pytest.mark.parametrize(
    "made_of", ["![", "](", "<a ", "https://", "`", "x", "[a]: ", "=", "www.", "S3", "- ```\n", "mot de passe : "]
)
def test_no_answer_takes_long(made_of: str) -> None:
    """Would catch: an answer that holds up everybody's stream."""
    stream = Scanner(["has-sante.fr"], secrets.found).scan([]).text()
    began = time.process_time()
    text = made_of * (20_000 // len(made_of))
    out(stream, [text[at : at + 4] for at in range(0, len(text), 4)])
    assert time.process_time() - began < 3.0
