"""What leads to one person through a network: addresses of machines, unique identifiers, telling links."""

import re

from filters.identifiers.detectors.pattern import Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_UUID = r"[0-9a-fA-F](?<![\w\-].)[0-9a-fA-F]{7}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}(?![\w\-])"


class Network(ShapeRecognizer):
    """Finds ID; a plain link to a page or a version number stays."""

    label = Label.ID
    shapes = (
        Shape(
            name="IP address",
            pattern=re.compile(r"[0-9](?<![\w.].)\d{0,2}(?:\.\d{1,3}){3}(?![\w]|\.\d)"),
            score=0.2,
            context=re.compile(
                r"\b(?:ip|ipv4|adresse ip|h[ôo]te|host|serveur|machine|poste informatique)\b[^\d\n]{0,20}$"
            ),
        ),
        Shape(
            name="hardware address",
            pattern=re.compile(
                r"[0-9A-Fa-f](?<![\w:\-].)[0-9A-Fa-f](?:(?P<mark>[:\-])[0-9A-Fa-f]{2})(?:(?P=mark)[0-9A-Fa-f]{2}){4}(?![\w:\-])"
            ),
            score=0.6,
        ),
        Shape(
            name="unique identifier",
            pattern=re.compile(_UUID),
            score=0.4,
            context=re.compile(
                r"(?:patient|person|identifi|encounter|urn:uuid:|\bid\b|subject|usager|dossier|session)"
            ),
            with_context=0.75,
        ),
        Shape(
            name="identifier of an image",
            pattern=re.compile(r"[12](?<![\w.].)(?:\.\d{1,39}){6,20}(?![\w]|\.\d)"),
            score=0.2,
            checksum=lambda written: len(written) > 30,  # noqa: PLR2004 (nomenclatures have shorter ones)
            with_checksum=0.7,
        ),
        Shape(
            name="link that carries a patient",
            pattern=re.compile(
                r"h(?<!\w.)ttps?://[^\s\"'<>?]{1,200}\?[^\s\"'<>]{0,200}?(?:patient|ipp|nip|nda|iep|nir|ins|token|"
                r"session|user|login|email|dossier|uid)"
                r"\w{0,20}=[^\s\"'<>]{1,300}",
                re.IGNORECASE,
            ),
            requires=("http",),
            score=0.8,
        ),
    )
