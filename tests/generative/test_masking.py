"""Properties of masking and restoring, over texts and spans that nobody would think of."""

import datetime as dt
import json
import re
import string
from collections.abc import Iterable, Iterator
from itertools import pairwise

from chunk_invariance import assert_chunk_invariant
from hypothesis import assume, example, given
from hypothesis import strategies as st

from filters.identifiers.entity import Label, Span
from filters.identifiers.masker import Masked, Masker
from filters.identifiers.placeholders import LONGEST, lookalikes
from filters.identifiers.text import Text

EVERY = frozenset(Label)
MASKER = Masker(lambda: dt.date(2026, 11, 23))
LOOKALIKES = r"[NOM_1]|[NOM_1b]|[Nom 2]|NOM_1|\[NOM\_1\]|[NOM_|[NOM]|［DATE_1］|[IPP 8102]|AGE_SUP_89_1|[PR\u00c9NOM_1]"
PIECES = r'[|]|\|\\|_|1|12|**|`|DATE_|_1]|NOM_|Morvan|MORVAN|morvan|12/03/2024|12 mars 2024|"|{"a": "|né|🩺'
TRICKY = [*LOOKALIKES.split("|"), *PIECES.split("|"), "\n", "|", "e\u0301", "\ud83d", "\u00a0", "\u2028"]
FRAGMENTS = st.sampled_from(TRICKY) | st.text(max_size=6) | st.text(string.ascii_letters + " .,'", max_size=12)
TEXTS = st.lists(FRAGMENTS, max_size=10).map("".join)
LABELS = st.sampled_from(sorted(Label))


@st.composite
def marked(draw: st.DrawFn, *, bare: bool = False) -> tuple[Text, list[Span]]:
    """Draw a text and spans anywhere in it that do not overlap."""
    value = draw(TEXTS)
    ends = sorted(draw(st.sets(st.integers(0, len(value)), max_size=8)))
    pairs = zip(ends[::2], ends[1::2], strict=False)
    return Text(value, bare=bare), [Span(start, end, draw(LABELS)) for start, end in pairs]


REQUESTS = st.lists(marked() | marked(bare=True), min_size=1, max_size=4)
Request = list[tuple[Text, list[Span]]]


def mask(request: Request) -> Masked:
    return MASKER.mask([text for text, _ in request], [spans for _, spans in request], EVERY)


@given(REQUESTS)
@example([(Text("\\Morvan\\"), [Span(1, 7, Label.NOM)])])
@example([(Text("[Morvan"), [Span(1, 7, Label.NOM)])])
def test_what_is_echoed_comes_back_byte_for_byte(request: Request) -> None:
    """Catches any value that is restored otherwise than it was typed, and any typed text that is taken for ours."""
    masked = mask(request)
    restorer = masked.restorer()
    for (text, _), leaving in zip(request, masked.texts, strict=True):
        assert restorer.restore(leaving, bare=text.bare) == text.value
    assert (restorer.lost, restorer.unknown) == (0, 0)


@given(marked())
def test_what_is_echoed_inside_json_comes_back_byte_for_byte(one: tuple[Text, list[Span]]) -> None:
    """Catches a value with a quote, a backslash or a line break that breaks the JSON around it."""
    masked = mask([one])
    restorer = masked.restorer()
    for ascii_only in (True, False):
        leaving = json.dumps({"texte": masked.texts[0]}, ensure_ascii=ascii_only)
        assert json.loads(restorer.restore(leaving, json_escaped=True)) == {"texte": one[0].value}


@given(marked(), TEXTS, st.booleans(), st.lists(st.integers(1, 5), max_size=40))
def test_any_cut_gives_the_whole(
    one: tuple[Text, list[Span]],
    more: str,
    json_escaped: bool,  # noqa: FBT001 (drawn)
    cuts: list[int],
) -> None:
    """Catches half a placeholder let out, and a hold that grows."""
    masked = mask([one])
    answer = more + masked.texts[0]

    def whole(text: str) -> str:
        restorer = masked.restorer()
        return f"{restorer.restore(text, json_escaped=json_escaped)}|{restorer.lost}|{restorer.unknown}"

    def pieces(chunks: Iterable[str]) -> Iterator[str]:
        restorer = masked.restorer()
        stream = restorer.stream(json_escaped=json_escaped)
        for chunk in chunks:
            yield stream.feed(chunk)
            assert len(stream._held) <= LONGEST
        yield f"{stream.flush()}|{restorer.lost}|{restorer.unknown}"

    ends = [min(sum(cuts[:number]), len(answer)) for number in range(len(cuts) + 1)] + [len(answer)]
    drawn = [answer[start:end] for start, end in pairwise(ends)]
    assert_chunk_invariant(pieces, whole, answer)
    assert_chunk_invariant(pieces, whole, answer, splits=[drawn, list(answer)])


SECRET_LETTERS = set("αβγδεζηθικλ")
SECRET = st.text(sorted(SECRET_LETTERS), min_size=1, max_size=8)


@given(st.lists(st.tuples(TEXTS, SECRET, LABELS, TEXTS, st.booleans()), min_size=1, max_size=4))
def test_nothing_masked_leaves(pieces: list[tuple[str, str, Label, str, bool]]) -> None:
    """Catches any character of an identifier in a text that leaves, or in what the model is told."""
    request: Request = []
    for before, secret, label, after, bare in pieces:
        assume(not SECRET_LETTERS & {*before, *after})
        span = Span(len(before), len(before) + len(secret), label)
        request.append((Text(f"{before}{secret}{after}", bare=bare), [span]))
    masked = mask(request)
    assert not SECRET_LETTERS & {*"".join(masked.texts), *(masked.system_line or ""), *repr(masked)}
    assert all(masked.spans)


@given(REQUESTS)
def test_every_span_is_masked(request: Request) -> None:
    """Catches an identifier that is found and let through, but for what is masked already."""
    masked = mask(request)
    for (text, spans), done in zip(request, masked.spans, strict=True):
        covered = {at for span in done for at in range(span.start, span.end)}
        if any(lookalikes(text.value)):
            continue
        missed = {text.value[at] for span in spans for at in range(span.start, span.end) if at not in covered}
        assert all(not char.isalnum() if text.bare else char.isspace() for char in missed)


@given(REQUESTS)
def test_two_values_never_share_a_placeholder(request: Request) -> None:
    """Catches one patient's name restored in the place of another's."""
    masked = mask(request)
    meant: dict[str, tuple[Label, str]] = {}
    given_to: dict[tuple[Label, str], str] = {}
    typed = {found.bare for text, _ in request for found in lookalikes(text.value)}
    for (text, _), spans in zip(request, masked.spans, strict=True):
        for span in spans:
            value = (span.label, text.value[span.start : span.end])
            placeholder = next(found for found, held in masked.vault.values.items() if (found.label, held) == value)
            assert meant.setdefault(placeholder.bare, value) == value
            assert given_to.setdefault(value, placeholder.bare) == placeholder.bare
            assert placeholder.bare not in typed


@given(REQUESTS)
def test_what_is_masked_stays_as_it_is(request: Request) -> None:
    """Catches a history that grows a new layer of placeholders at each turn."""
    assume(not any(any(lookalikes(text.value)) for text, _ in request))
    once = mask(request)
    again: Request = []
    for (text, _), leaving in zip(request, once.texts, strict=True):
        spans = [
            Span(*match.span(), found.label)
            for found in once.vault.values
            for form in (rf"(?<![^\W_]){found.bare}(?![^\W_])" if text.bare else re.escape(str(found)),)
            for match in re.finditer(form, leaving)
        ]
        again.append((Text(leaving, bare=text.bare), spans))
    twice = mask(again)
    assert twice.texts == once.texts
    assert twice.system_line is None
