"""Every answer carries its marks, and an answer that cannot be marked is not let out."""

import pytest

from gateway.conversation import Choice, ToolCall
from gateway.errors import ProvenanceUnavailableError
from gateway.provenance.manifest import Match, verify
from gateway.provenance.marks import Opening
from tests.fakes.marking import KEY, Kept, allowed, ended, provenance


async def test_the_marks_of_an_answer() -> None:
    """The system named is the fallback's that answered, not the one asked first."""
    kept = Kept()
    marking = provenance(kept)
    text = "Bonjour." + marking.notice(allowed(), "b")
    marks = await marking.mark(ended(Choice(0, text)))
    assert text == "Bonjour.\n\nProjet préparé avec une IA (Modèle b, 2) ; à relire."
    assert marks.body == {
        "output_id": "out_1",
        "use": "compte_rendu",
        "ai_generated": True,
        "state": "draft",
        "review": "R2",
        "notice": "Projet préparé avec une IA (Modèle b, 2) ; à relire.",
        "masked": {"NOM": 2},
        "placeholders": {"lost": 1, "unknown": 0},
        "answer": {},
        "charter": "2026-11-23",
        "system": {"name": "Modèle b", "version": "2"},
    }
    assert marks.headers == marking.headers(Opening("out_1", allowed()), "b")
    (manifest,) = kept.manifests
    assert verify(text, manifest, KEY.public_key()).match is Match.EXACT
    assert verify("Bonjour.", manifest, KEY.public_key()).match is Match.WITHOUT_NOTICE


async def test_an_answer_of_tool_calls_is_marked_too() -> None:
    kept = Kept()
    await provenance(kept).mark(ended(Choice(0, None, (ToolCall("1", "f", "{}"),), "tool_calls")))
    assert kept.manifests[0]["choices"] == []


async def test_what_cannot_be_kept_is_not_let_out() -> None:
    with pytest.raises(ProvenanceUnavailableError):
        await provenance(Kept(failing=True)).mark(ended(Choice(0, "Bonjour.")))


async def test_a_route_that_was_not_allowed_is_not_let_out() -> None:
    with pytest.raises(ProvenanceUnavailableError):
        await provenance(Kept()).mark(ended(Choice(0, "Bonjour."), route="c"))


def test_no_notice_where_the_use_asks_for_none() -> None:
    assert provenance(Kept()).notice(allowed(None), "a") == ""
