"""What a pasted document says behind its reader's back, or in somebody else's name.

Web pages hide honest things too: comments, alternative texts, menus. Hidden and harmless is read like any other text;
only what is hidden and gives the model orders is `deliberate`.
"""

import re
from collections.abc import Iterator
from typing import Final

from policies.practices.disguise import Hidden
from policies.practices.folding import fold

_LONGEST: Final = 2_000
"""Characters of one hidden text that are read again."""

_UNSEEN: Final = (
    re.compile(r"<!--(.{4,}?)(?:-->|\Z)", re.DOTALL),
    re.compile(
        r"^[ \t]{0,3}\[(?://|comment|_|#)\]:[ \t]*(?:#|<>)?[ \t]*[(\"'](.{4,}?)[)\"'][ \t]*$",
        re.MULTILINE | re.IGNORECASE,
    ),
    re.compile(
        r"<(\w{1,12})\b[^<>]{0,400}?(?:\bstyle\s*=\s*[\"'][^\"'<>]{0,300}?(?:display\s*:\s*none|visibility\s*:\s*hidden"
        r"|opacity\s*:\s*0(?:\.0\d*)?\s*[;\"']|font-size\s*:\s*0*\.?[01](?:px|pt|em|rem|%)?\s*[;\"']"
        r"|(?<!-)color\s*:\s*(?:white|transparent|#fff(?:fff)?\b|rgba?\(\s*255\s*,\s*255\s*,\s*255)"
        r"|left\s*:\s*-\d{3,}|text-indent\s*:\s*-\d{3,})[^<>]{0,300}|\shidden(?:[\s=>][^<>]{0,200})?|\scolor\s*=\s*[\"']?(?:white|#fff(?:fff)?)[^<>]{0,200})"
        r">(?P<text>.{4,}?)(?:</\1|\Z)",
        re.DOTALL | re.IGNORECASE,
    ),
    re.compile(r"!\[([^\]\n]{20,2000})\]\("),
    re.compile(
        r"\b(?:alt|title|aria-label|data-[\w-]{1,30})\s*=\s*(?P<quote>[\"'])"
        r"(?P<text>[^\"'<>]{20,2000})(?P=quote)", re.IGNORECASE),
)  # fmt: skip
"""Places that a page or a renderer does not show."""

_BLANK: Final = re.compile(r"(?<!\s)\s{30,}(?=\S)")
_MOST_LINES, _MOST_BLANKS = 30, 400
"""Empty lines, or blanks in a row, after which nobody looks for more text."""

_POSING: Final = re.compile(
    r"(?:<\|?/?(?:system|im_start|im_end|start_header_id|begin_of_text|assistant|endoftext|eot_id)\|?>"
    r"(?:[ \t]*(?:system|assistant|developer)\b)?"
    r"|\[/?(?:INST|SYSTEM|SYS|ASSISTANT)\]|<</?SYS>>"
    r"|^[ \t>#*_]{0,8}(?:#{2,4}[ \t]*|\*{2})?(?:system|syst[èe]me|assistant|developer|d[ée]veloppeur"
    r"|system (?:prompt|message)|message syst[èe]me|nouvelles? (?:consignes?"
    r"|instructions?))[ \t*_]{0,4}:"
    r"|[-=*#<\[]{2,12}[ \t]*(?:begin|start|d[ée]but|new|end|fin)(?:[ \t]+(?:of|de|du|des))?[ \t]+"
    r"(?:the[ \t]+)?(?:system|syst[èe]me|hidden|developer|instructions?|consignes?"
    r"|prompt)\b[^\n]{0,40})"
    r"[ \t]*(?P<text>[^\n]*(?:\n[^\n]+){0,12})",
    re.IGNORECASE | re.MULTILINE,
)  # fmt: skip
"""Turns of a conversation that a document makes up. The text after it is what it says in that name."""

_BITS: Final = re.compile("[\u200b\u200c\u200d\u2060\u2062\u2063\ufeff]{24,}")
_SELECTORS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{6,}")
_REVERSED: Final = re.compile("\u202e([^\u202c\n]{4,})")

_ADDRESSED: Final = (
    r"(?:assistants?|ia\b|ai\b|llms?|chatbots?|chatgpt|copilot|mistral|modeles?|models?|language model|agents?|robot)"
)
_RULES_OF_THE_MODEL: Final = (
    r"(?:instruct\w*|consignes?|regles?|rules?|directives?|prompts?|garde[ -]?fous?|charte|guidelines?"
    r"|restrictions?|contexte|context)"
)
_PLACEHOLDERS: Final = (
    r"(?:placeholders?|reperes?|etiquettes?|balises?|crochets|masque\w*|pseudonym\w*|anonymi\w*"
    r"|identifiants?|\[?(?:nom|prenom|patient|date|ipp|secu)_\d+)"
)
_ORDERS: Final = (
    (
        rf"\b(?:ignor\w*|oubli\w*|neglig\w*|forget|disregard|override|bypass|contourn\w*|outrepass\w*"
        rf"|ne tien\w* pas compte|ne (?:suis|suivez|respecte\w*) p(?:as"
        rf"|lus))\b.{{0,60}}?\b{_RULES_OF_THE_MODEL}\b"
    ),
    (
        rf"\b(?:revel\w+|affiche\w*|montre\w*|donne\w*|recopie\w*|repete\w*|reveal|print|show|output|repeat"
        rf"|leak|demasqu\w+|unmask|restitu\w+|remplace\w*|replace|resou\w+|resolve|decod\w+)\b.{{0,60}}?\b"
        rf"(?:{_PLACEHOLDERS}|(?:tes|vos|your|the|le|les|ton|votre) (?:system |hidden |initial )?(?:prompt"
        rf"|{_RULES_OF_THE_MODEL})|prompt systeme|system prompt)"
    ),
    r"\b(?:envoi\w*|envoye\w*|transmet\w*|transfer\w*|exfiltr\w+|send|post|forward|upload|append|ajoute\w*|inclu\w+|insere\w*|include|insert|add|embed)\b.{0,80}?(?:https?://|www\.|\b[\w.+-]+@[\w-]+\.\w|\burl\b|\bimage\b|\bwebhook\b)",
    (
        r"\b(?:ne (?:le |la |les |lui |leur )?(?:dis|dites|mentionne\w*|signale\w*|revele\w*|parle\w*"
        r"|previens|prevenez|informe\w*)\b.{0,20}\b(?:pas|rien|jamais)\b.{0,60}?\b(?:utilisat\w+|lecteur"
        r"|medecin|personne|patient|user|soignant|consigne|instruction|message)|(?:do not|don ?'?t|never) "
        r"(?:tell|mention|reveal|inform|disclose|notify|show)\b.{0,60}?\b(?:user|reader|anyone|human"
        r"|person|this|doctor|clinician|instruction))"
    ),
    (
        r"\b(?:reponds?|repondez|respond|reply|answer|conclu[st]?|concluez|conclude|ecris|ecrivez|write"
        r"|recommande\w*|recommend|prescri\w+)\b (?:que|qu'|par|uniquement|seulement|toujours|only|always"
        r"|with|that|simplement)\b"
    ),
    (
        r"\b(?:tu es|vous etes|you are|act as|agis comme|comporte[ -]toi|desormais|a partir de maintenant"
        r"|from now on)\b.{0,60}?\b(?:dan\b|sans (?:limite|restriction|filtre)|unrestricted|developer mode"
        r"|mode developpeur|administrat\w+)"
    ),
    (
        rf"\b(?:a l'attention d[eu]s?|note (?:to|pour|a)|attention|message (?:to|pour|a)|important"
        rf"|instructions? (?:to|for|pour))\b.{{0,24}}?\b{_ADDRESSED}.{{0,120}}?\b(?:tu dois|vous devez"
        rf"|you must|must|doit|doivent|should|ignore\w*|reponds?|repondez|donne\w*|ecris|ecrivez|write|say"
        rf"|dis|dites|score|note|rate|classe\w*|select\w*|accept\w*|valid\w*)\b"
    ),
)  # fmt: skip
_ORDER: Final = re.compile("|".join(f"(?:{order})" for order in _ORDERS), re.DOTALL)


def orders(text: str) -> Iterator[Hidden]:
    """Yield what a reader of `text` would not see, and what it says in the name of somebody who does not speak."""
    for said in _said(text):
        if said.strip():
            yield Hidden(said, deliberate=gives_orders(said))
    for written in _written_in_nothing(text):
        # No honest text spells words in characters that have no shape.
        yield Hidden(written, deliberate=True)


def gives_orders(text: str) -> bool:
    """Return whether `text` tells a model what to do."""
    return _ORDER.search(fold(text)) is not None


def _said(text: str) -> Iterator[str]:
    if "<" in text or "[" in text or "=" in text:
        for place in _UNSEEN:
            for match in place.finditer(text):
                said = match["text"] if "text" in place.groupindex else match[1]
                yield said[:_LONGEST]
    for match in _BLANK.finditer(text):
        if match[0].count("\n") >= _MOST_LINES or len(match[0]) >= _MOST_BLANKS:
            yield text[match.end() : match.end() + _LONGEST]
    for match in _POSING.finditer(text):
        yield match["text"][:_LONGEST]
    for match in _REVERSED.finditer(text):
        yield match[1][::-1][:_LONGEST]


def _written_in_nothing(text: str) -> Iterator[str]:
    if text.isascii():
        return
    for run in _SELECTORS.finditer(text):
        codes = [ord(sign) - 0xFE00 if sign < "\ufe10" else ord(sign) - 0xE0100 + 16 for sign in run[0]]
        yield from _readable(bytes(codes))
    for run in _BITS.finditer(text):
        signs = sorted(set(run[0]))
        if len(signs) == 2:  # noqa: PLR2004 (one sign stands for 0, the other for 1)
            for zero in signs:
                bits = "".join("0" if sign == zero else "1" for sign in run[0])
                yield from _readable(bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8)))


def _readable(content: bytes) -> Iterator[str]:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return
    if sum(sign.isalpha() or sign == " " for sign in text) >= 0.8 * len(text):
        yield text[:_LONGEST]
