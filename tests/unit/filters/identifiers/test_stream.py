"""Nothing is held back but what may become a placeholder, and any cut gives the same text."""

from collections.abc import Iterable, Iterator

import pytest
from chunk_invariance import assert_chunk_invariant

from filters.identifiers.entity import Label
from filters.identifiers.placeholders import LONGEST
from filters.identifiers.restorer import Restorer
from filters.identifiers.vault import Vault


def restorer() -> Restorer:
    vault = Vault([])
    for name in ("Morvan", "[NOM_1]", "MORVAN"):
        vault.placeholder(Label.NOM, name)
    return Restorer(vault)


@pytest.mark.parametrize(
    "answer",
    [
        "Mme [NOM_1], née [NOM_2].",
        r"a\\\[NOM\_1\]b\[",
        "[x\\[NOM_1\\]",
        "[[NOM_1b]]",
        "[NOM_1 [NOM_1] [NOM_",
        "[Nom 1][nom_3] [NOM",
        "[NOM_x] [NOM_xy",
    ],
)
def test_any_cut_gives_the_same_text_and_the_same_counts(answer: str) -> None:
    """Catches half a placeholder let out, or a damaged one counted twice."""

    def whole(text: str) -> str:
        one = restorer()
        return f"{one.restore(text)} {one.lost} {one.unknown}"

    def pieces(chunks: Iterable[str]) -> Iterator[str]:
        one = restorer()
        stream = one.stream()
        for chunk in chunks:
            yield stream.feed(chunk)
        yield stream.flush()
        yield f" {one.lost} {one.unknown}"

    assert_chunk_invariant(pieces, whole, answer)


@pytest.mark.parametrize("piece", ["Bonjour", "[voir", "a]", "[1", "]", "NOM_1", "[GLASGOW", "[NOM, prénom", "[NOMx"])
def test_what_cannot_become_one_leaves_at_once(piece: str) -> None:
    assert restorer().stream().feed(piece) == piece


def test_held_until_certain() -> None:
    stream = restorer().stream()
    assert [stream.feed(piece) for piece in ("Mme ", "[", "NO", "M_", "1", "]", ".")] == [
        "Mme ",
        "",
        "",
        "",
        "",
        "Morvan",
        ".",
    ]
    assert [stream.feed("[NO"), stream.flush(), stream.flush()] == ["", "[NO", ""]


def test_never_more_than_one_placeholder_is_held() -> None:
    """Catches an answer that a single bracket stops for good."""
    stream = restorer().stream()
    text = "[" + " " * 500
    let_out = ""
    for fed, char in enumerate(text, 1):
        let_out += stream.feed(char)
        assert fed - len(let_out) <= LONGEST
    assert let_out + stream.flush() == text


def test_two_texts_do_not_mix() -> None:
    """Catches a choice that completes the placeholder of another."""
    one = restorer()
    first, second = one.stream(), one.stream()
    assert (first.feed("[NOM_"), second.feed("1]"), first.feed("2]")) == ("", "1]", "[NOM_1]")
