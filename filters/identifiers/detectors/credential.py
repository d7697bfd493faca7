"""Credentials pasted by mistake: vendor keys, tokens, private keys, passwords that a word announces.

The charter refuses them as a practice; here they are only kept from leaving, as ID, whatever the charter says.
Shapes are the vendors' own documented prefixes.
"""

import re

from filters.identifiers.detectors.pattern import Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_ANNOUNCED = re.compile(
    r"(?:\b(?:mots? de passe|mdp|passw(?:or)?d|pwd|pass ?phrase|api[ _-]?key|cl[ée] (?:d['’]?)?api|secret(?:[ _-]key)?|"
    r"token|jeton|code (?:pin|e-?cps|cps)))(?: (?:est|temporaire|provisoire|actuel|du compte|wi-?fi))?"
    r"[ \t]{0,3}[:=\"'«]?[ \t\"'«]{1,4}([^\s\"'«»,;(){}\[\]]{4,64})",
    re.IGNORECASE,
)


class Credential(ShapeRecognizer):
    """Finds ID where a credential stands."""

    label = Label.ID
    shapes = (
        Shape(
            name="private key",
            pattern=re.compile(
                r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]{1,8000}?(?:-----END [A-Z ]{0,40}KEY-----|\Z)"
            ),
            requires=("-----begin",),
            score=0.99,
        ),
        Shape(
            name="cloud key",
            pattern=re.compile(r"\b(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}\b"),
            requires=("akia", "asia", "abia", "acca"),
            score=0.99,
        ),
        Shape(
            name="forge token",
            pattern=re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{30,255}|glpat-[\w-]{20,64})\b"),
            requires=("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "glpat-"),
            score=0.99,
        ),
        Shape(
            name="chat token", pattern=re.compile(r"\bxox[abeoprs]-[A-Za-z0-9-]{10,250}"), requires=("xox",), score=0.99
        ),
        Shape(
            name="model key",
            pattern=re.compile(r"\b(?:sk|pk|rk)[-_][A-Za-z0-9_-]{20,200}"),
            requires=("sk-", "sk_", "pk-", "pk_", "rk-", "rk_"),
            score=0.95,
        ),
        Shape(name="maps key", pattern=re.compile(r"\bAIza[\w-]{35}\b"), requires=("aiza",), score=0.99),
        Shape(
            name="web token",
            pattern=re.compile(r"\beyJ[\w-]{8,4000}\.eyJ[\w-]{8,4000}\.[\w-]{8,4000}"),
            requires=("eyj",),
            score=0.99,
        ),
        Shape(
            name="announced",
            pattern=_ANNOUNCED,
            requires=(
                "de passe",
                "mdp",
                "passw",
                "pwd",
                "passphrase",
                "pass phrase",
                "key",
                "clé ",
                "cle ",
                "secret",
                "token",
                "jeton",
                "code ",
            ),
            score=0.85,
            # « le mot de passe oublié » announces nothing: what people choose as a secret holds a digit.
            plausible=lambda match: any(character.isdigit() for character in match[1]),
        ),
    )
