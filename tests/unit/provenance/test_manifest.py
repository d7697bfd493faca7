"""A manifest proves what left, and nothing once anything of it or of the text has changed."""

import datetime as dt
import hashlib
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from gateway.provenance.manifest import Match, Statement, Verdict, canonical, digest, fingerprint, sign, verify
from policies.facts import AiSystem

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
NOTICE = "\n\nContenu préparé avec une IA."
BODY = "Mme Élodie Vasseur va mieux.\nContrôle dans dix jours."


def manifest(*texts: str) -> dict[str, Any]:
    return sign(
        Statement(
            output_id="out_1",
            issued=dt.datetime(2026, 11, 23, 13, 0, tzinfo=dt.timezone(dt.timedelta(hours=1))),
            system=AiSystem("Modèle", "1", "Fournisseur"),
            provider="CH Exemple",
            gateway="0.1.0",
            charter="2026-11-23",
            use="compte_rendu",
            review="R2",
            notice=NOTICE.strip(),
            fingerprints=tuple(fingerprint(index, text, NOTICE) for index, text in enumerate(texts)),
        ),
        KEY,
    )


def judged(text: str, signed: Any) -> Verdict:
    return verify(text, signed, KEY.public_key())


def test_a_manifest_whole() -> None:
    signed = manifest(BODY + NOTICE)
    value = signed["signature"].pop("value")
    assert len(value) == 86
    assert signed == {
        "format": "ecluse-manifest/1",
        "output_id": "out_1",
        "issued": "2026-11-23T12:00:00Z",
        "ai_generated": True,
        "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
        "system": {"name": "Modèle", "version": "1", "supplier": "Fournisseur"},
        "provider": "CH Exemple",
        "gateway": "0.1.0",
        "charter": "2026-11-23",
        "use": "compte_rendu",
        "state": "draft",
        "review": "R2",
        "notice": "Contenu préparé avec une IA.",
        "choices": [
            {
                "index": 0,
                "sha256": hashlib.sha256((BODY + NOTICE).encode()).hexdigest(),
                "sha256_without_notice": hashlib.sha256(BODY.encode()).hexdigest(),
            }
        ],
        "signature": {"alg": "EdDSA", "kid": "139e3940e64b5491"},
    }


def test_a_manifest_holds_no_text() -> None:
    """The leak caught: a patient's name kept in the database of outputs."""
    assert "Vasseur" not in json.dumps(manifest(BODY + NOTICE), ensure_ascii=False)


def test_each_choice_is_recognised() -> None:
    signed = manifest(BODY + NOTICE, "Autre." + NOTICE)
    assert judged(BODY + NOTICE, signed) == Verdict(authentic=True, match=Match.EXACT, choice=0)
    assert judged("Autre.", signed) == Verdict(authentic=True, match=Match.WITHOUT_NOTICE, choice=1)


@given(
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    before=st.text(" \t\r\n", max_size=4),
    after=st.text(" \t\r\n", max_size=4),
    notice=st.booleans(),
)
def test_line_endings_and_blanks_around_are_forgiven(ending: str, before: str, after: str, *, notice: bool) -> None:
    text = before + (BODY + (NOTICE if notice else "")).replace("\n", ending) + after
    assert judged(text, manifest(BODY + NOTICE)).match is (Match.EXACT if notice else Match.WITHOUT_NOTICE)


@given(place=st.integers(0, len(BODY) - 1), character=st.characters(codec="utf-8"))
def test_one_changed_character_is_seen(place: int, character: str) -> None:
    """The bug caught: a dose changed after the model wrote it, under a manifest that says otherwise."""
    changed = BODY[:place] + character + BODY[place + 1 :]
    holds = judged(changed, manifest(BODY)).holds
    assert holds == (digest(changed) == digest(BODY))
    if character != BODY[place] and not character.isspace():
        assert not holds


@pytest.mark.parametrize(
    "forge",
    [
        lambda signed: signed | {"state": "validated"},
        lambda signed: signed | {"more": 1},
        lambda signed: {name: value for name, value in signed.items() if name != "review"},
        lambda signed: signed | {"signature": signed["signature"] | {"kid": "another"}},
        lambda signed: signed | {"signature": signed["signature"] | {"value": "é"}},
        lambda signed: signed | {"signature": signed["signature"] | {"value": None}},
        lambda signed: signed | {"signature": None},
        lambda signed: signed | {"score": 0.5},
        lambda _: [],
        lambda _: None,
    ],
)
def test_a_forged_manifest_proves_nothing(forge: Any) -> None:
    assert judged(BODY, forge(manifest(BODY))) == Verdict(authentic=False)


def test_another_hospital_s_key_does_not_verify() -> None:
    assert not verify(BODY, manifest(BODY), Ed25519PrivateKey.generate().public_key()).authentic


def test_the_order_of_keys_does_not_count() -> None:
    """A manifest copied through another program must still verify."""
    signed = manifest(BODY)
    assert judged(BODY, json.loads(json.dumps(dict(reversed(signed.items())), indent=2))).holds


def test_what_is_signed_holds_no_float() -> None:
    with pytest.raises(TypeError):
        canonical({"a": [{"b": 0.5}]})
