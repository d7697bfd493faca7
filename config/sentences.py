"""What is wrong with a value, in French, and what to write instead."""

import difflib
import re
import typing
from collections.abc import Sequence

from pydantic import BaseModel
from pydantic_core import ErrorDetails

SECRETS = ("key", "api_key", "apikey", "token", "secret", "password")
"""Keys under which people write a secret; the answer is where to put it."""

SHAPES = {
    "int": "un nombre entier",
    "float": "un nombre",
    "string": "un texte (au besoin entre guillemets)",
    "bool": "`true` ou `false`",
    "date": "une date au format AAAA-MM-JJ",
    "path": "un chemin de fichier",
    "model": "un bloc de clés",
    "dict": "un bloc de clés",
    "tuple": "une liste (une ligne par élément, précédée d’un tiret)",
    "list": "une liste (une ligne par élément, précédée d’un tiret)",
    "frozen": "une liste (une ligne par élément, précédée d’un tiret)",
    "set": "une liste (une ligne par élément, précédée d’un tiret)",
}
"""By the first word of pydantic's error type, for `int_type`, `int_parsing`, `date_from_datetime_parsing` and so on."""

BOUNDS = {
    "greater_than_equal": ("ge", "supérieur ou égal à"),
    "less_than_equal": ("le", "inférieur ou égal à"),
    "greater_than": ("gt", "supérieur à"),
    "less_than": ("lt", "inférieur à"),
}

IDENTIFIER = "un identifiant en minuscules sans accent ni espace, par exemple `compte_rendu`"

PATTERNS = {
    "country": "le code d’un pays en deux lettres majuscules, par exemple `FR`",
    "hosts": "un nom de domaine seul, sans `https://` ni chemin, par exemple `has-sante.fr`",
    "base_url": "une adresse qui commence par `http://` ou `https://`",
    "notice_url": "une adresse qui commence par `http://` ou `https://`",
    "redis_url": "une adresse qui commence par `redis://` ou `rediss://`",
    "sentinels": "un nom de machine et un port, par exemple `redis-1.hopital.example:26379`",
    "prefix": "court, en minuscules sans accent ni espace, par exemple `ecluse`",
    "key_env": "le nom d’une variable d’environnement, par exemple `ECLUSE_CLE_MISTRAL`",
    "id": IDENTIFIER,
    "kind": IDENTIFIER,
    "fallbacks": IDENTIFIER,
}
"""What a value must be, by its key, where its form is not right."""


def sentence(error: ErrorDetails, model: type[BaseModel]) -> str:
    """Return the sentence for one validation error of `model`; it quotes no value, which could be a secret."""
    kind, location = error["type"], error["loc"]
    key = str(location[-1]) if location else "le fichier"
    limits = error.get("ctx", {})
    if kind == "ecluse":
        return str(limits["sentence"])
    if key == "[key]":
        return _wrong_key(str(location[-2]), kind, str(limits.get("expected", "")))
    if kind == "missing":
        return f"La clé `{key}` manque ou est vide : ajoutez-la avec sa valeur."
    if kind == "extra_forbidden":
        return unknown_key(key, keys_at(model, location[:-1]))
    if kind in {"literal_error", "enum"}:
        choices = str(limits["expected"]).replace("'", "`").replace(" or ", " ou ")
        return f"La valeur de {_named(location)} n’existe pas ; valeurs admises : {choices}."
    if kind in BOUNDS:
        name, words = BOUNDS[kind]
        shape = f"un nombre {words} {limits[name]:g}"
    else:
        shape = _shape(kind, location)
    return f"La valeur de {_named(location)} doit être {shape}."


def _wrong_key(key: str, kind: str, expected: str) -> str:
    """Return what to say of a name that the hospital chose, or of one that belongs to a closed list."""
    if kind == "enum":
        return unknown_key(key, re.findall(r"'([^']*)'", expected))
    return f"Le nom `{key}` doit être {IDENTIFIER}."


def unknown_key(key: str, known: Sequence[str]) -> str:
    """Return what to say of a key that does not exist, with the nearest that does."""
    if "key_env" in known and key.lower() in SECRETS:
        return (
            f"La clé `{key}` n’existe pas : un secret ne s’écrit jamais dans ce fichier. Mettez-le dans une variable "
            "d’environnement nommée par `key_env`, ou dans un fichier nommé par `key_file`."
        )
    return f"La clé `{key}` n’existe pas ; {suggestion(key, known)}"


def suggestion(name: str, known: Sequence[str]) -> str:
    """Return the end of a sentence that offers the nearest of `known`, or all of them."""
    if near := difflib.get_close_matches(name, known, n=1):
        return f"vouliez-vous écrire `{near[0]}` ?"
    return f"admis ici : {', '.join(f'`{one}`' for one in known) or 'rien'}."


def keys_at(model: type[BaseModel], location: Sequence[int | str]) -> list[str]:
    """Return the keys that `model` admits at `location`."""
    current: type[BaseModel] | None = model
    for step in location:
        if current is None:
            return []
        if isinstance(step, str) and step in current.model_fields:
            current = _model_in(current.model_fields[step].annotation)
    return list(current.model_fields) if current else []


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, typing.get_args(annotation))), None)


def _shape(kind: str, location: Sequence[int | str]) -> str:
    named = [step for step in location if isinstance(step, str)]
    if kind == "string_pattern_mismatch":
        return PATTERNS.get(named[-1] if named else "", "un texte sur une seule ligne, sans accolade")
    if kind in {"string_too_short", "too_short"}:
        return "remplie : elle est vide"
    if kind == "string_too_long":
        return "plus courte"
    return SHAPES.get(kind.split("_", maxsplit=1)[0], f"d’une autre forme ({kind})")


def _named(location: Sequence[int | str]) -> str:
    """Return the last key of `location`, with the rank of the element where it is one of a list."""
    named = [step for step in location if isinstance(step, str)]
    if not named:
        return "ce fichier"
    rank = f" (élément {location[-1] + 1})" if isinstance(location[-1], int) else ""
    return f"`{named[-1]}`{rank}"
