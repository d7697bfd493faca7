"""The JSON schema of a charter's file, with which an editor completes and explains it. Pure.

The form comes from the models that read the file; the words, which its author reads, are French and stand here.
"""

import json
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Final

from policies.rule import CharterText, Code

EXTENDS: Final = "extends"
"""The key with which the charter of a site names that of its group."""

_USE: Final = {
    "id": "Nom court de l’usage, en minuscules sans accent ; le journal et les outils l’emploient : n’en changez pas.",
    "title": "Titre, tel que les professionnels le lisent.",
    "description": "Ce que l’usage comprend, et ce qu’il ne comprend pas.",
    "roles": 'Rôles qui peuvent le déclarer ; ["*"] : tous ceux de la charte.',
    "tier": "Données au plus : D0 aucune donnée de patient, D1 masquées, D2 identifiées chez un hébergeur certifié.",
    "identity_needed": "D2 seulement : l’identité du patient peut partir vers un hébergeur certifié (HDS).",
    "review": "Relecture : R0 par l’auteur, R1 par une personne désignée, R2 de chaque réponse par qui était présent.",
    "reviewer": "Qui relit, après « à relire par ».",
    "notice": "Mention que portent les réponses.",
    "routes": 'Routes de la configuration qui peuvent le servir ; ["*"] : toutes (par défaut).',
    "services": 'Services dont les clés peuvent le déclarer ; ["*"] : tous (par défaut).',
    "inferable": "L’usage peut être reconnu sans être déclaré ; jamais avec une relecture R2.",
    "ancillary": "Fait partie de tous les autres usages : passe sous une déclaration qui en demande autant ou plus.",
    "trainings": "Formations demandées en plus des générales ; [] : les générales seulement.",
    "habilitation": "Une habilitation personnelle est demandée.",
    "enabled": "false : l’usage est écrit, mais la gouvernance ne l’a pas ouvert.",
    "valid_from": "Premier jour, AAAA-MM-JJ ; absent : sans début.",
    "valid_until": "Dernier jour, AAAA-MM-JJ ; absent : sans fin.",
    "referent": "À qui s’adresser pour cet usage ; absent : le contact de la charte.",
    "article": "Article du guide ou de la loi qui le fonde.",
    "risk": "Niveau de risque au sens du règlement IA.",
}
_REFUSAL: Final = {
    "article": "Article cité avec le refus.",
    "reason": "Pourquoi, en une phrase sans son point.",
    "message": "Ce que lit la personne ; admet {usage}, {role}, {roles}, {services}, {routes}, {contact}, {manque}, "
    "{raison} et {article}.",
}
_PRACTICE: Final = {
    "id": "Nom court de la pratique ; c’est par lui qu’elle est reconnue dans les textes.",
    "title": "Titre de la pratique.",
    "description": "Ce qui est interdit, en une phrase.",
    "basis": "Texte qui fonde l’interdiction.",
    "reason": "Pourquoi, en une phrase sans son point.",
    "instead": "Ce qui est permis à la place.",
    "uses": "Usages à déclarer pour ce qui est permis à la place.",
}
_TRANSLATION: Final = {
    "forbidden": "Comment une pratique interdite est refusée, dans cette langue.",
    "emergency": "Rappel en cas d’urgence vitale, dans cette langue.",
    "degraded_mode": "Ce qu’il faut faire pendant un arrêt, dans cette langue.",
    "refusals": "Mots des refus, dans cette langue.",
    "roles": "Titres des rôles, dans cette langue.",
    "uses": "Titres des usages, dans cette langue.",
    "practices": "Pratiques interdites, dans cette langue.",
}

DESCRIPTIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "CharterText": {
        "version": "Version de la charte ; changez-la à chaque modification, le journal l’écrit à chaque demande.",
        "title": "Titre de la charte.",
        "referential": "Guide auquel renvoient les articles, et sa version.",
        "contact": "À qui s’adresser, tel que le lit une personne dont la demande est refusée.",
        "preamble": "Paragraphes qui ouvrent le document imprimé.",
        "roles": "Rôles que peut porter une clé d’accès.",
        "notices": "Mentions dont les réponses sont marquées.",
        "refusals": "Mots de chaque refus.",
        "forbidden": "Comment une pratique interdite est refusée ; doit contenir {pratique} et {permis}.",
        "emergency": "Ajouté lorsqu’une vie semble en jeu.",
        "degraded_mode": "Ce qu’il faut faire pendant que l’IA est arrêtée ; absent : une phrase générale.",
        "people": "Ce qui est demandé aux personnes avant un usage.",
        "uses": "Usages approuvés ; tout ce qui n’est pas écrit ici est refusé.",
        "practices": "Pratiques interdites à tous.",
        "translations": "Les mêmes mots dans une autre langue ; ce qui manque se dit en français.",
    },
    "Role": {
        "title": "Titre du rôle, au singulier et en minuscules.",
        "tier": "Données au plus pour ce rôle, quel que soit l’usage.",
    },
    "NoticeText": {
        "before": "Mention tant que personne n’a validé ; doit contenir {nom} et {version}, admet {relecteur}.",
        "after": "Mention qui la remplace une fois la réponse validée.",
    },
    "Notice": {
        "kind": "Nom d’une mention de `notices`.",
        "append": "true : la passerelle l’ajoute au texte ; false : l’auteur la reporte.",
        "when": "Quand l’auteur la garde ou la reporte.",
    },
    "Use": _USE,
    "Practice": _PRACTICE,
    "Refusal": _REFUSAL,
    "RefusalWords": {key: _REFUSAL[key] for key in ("reason", "message")},
    "PracticeWords": {key: _PRACTICE[key] for key in ("title", "description", "reason", "instead")},
    "Translation": _TRANSLATION,
    "PeopleRule": {
        "required": 'Où la règle s’applique : "off" (entre guillemets) nulle part, listed, ou all.',
        "trainings": "Formations générales.",
        "sign": "La version en vigueur de la charte doit être signée.",
        "tools": "Clé d’un programme, derrière laquelle nul n’est connu : refused ou exempt.",
        "months": "Durée de validité d’une formation ou d’une habilitation, en mois.",
    },
}
"""French descriptions by model and key."""

PARTIAL: Final = ("Role", "NoticeText", "Notice", "Use", "Practice", "Refusal", "Translation", "RefusalWords")
"""Models of which the charter of a site may write a part only; the rest is its group's."""


def charter_schema() -> dict[str, Any]:
    """Return the schema: of a whole charter, or of a site's where it says `extends`."""
    made = CharterText.model_json_schema(mode="validation")
    definitions: dict[str, Any] = made.pop("$defs")
    whole = {key: value for key, value in made.items() if key != "description"}
    definitions["CharterText"] = whole
    for name, definition in definitions.items():
        _explain(name, definition)
    whole["properties"]["refusals"]["required"] = [code.value for code in Code if code is not Code.ALLOWED]
    definitions |= _site(definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Charte d’Écluse",
        "if": {"required": [EXTENDS]},
        "then": {"$ref": "#/$defs/SiteCharterText"},
        "else": {"$ref": "#/$defs/CharterText"},
        "$defs": dict(sorted(definitions.items())),
    }


def written_schema() -> str:
    """Return the schema as it is written in its file."""
    return json.dumps(charter_schema(), ensure_ascii=False, indent=2) + "\n"


def _explain(name: str, definition: dict[str, Any]) -> None:
    """Put the author's words in place of the maintainer's, which are English."""
    definition.pop("description", None)
    definition.pop("title", None)
    for key, place in definition.get("properties", {}).items():
        place.pop("title", None)
        place["description"] = DESCRIPTIONS[name][key]


def _site(definitions: Mapping[str, Any]) -> dict[str, Any]:
    """Return the same models without required keys, except the ones by which uses and practices are found."""
    made: dict[str, Any] = {}
    for name in ("CharterText", *PARTIAL):
        if name not in definitions:
            continue
        partial = _renamed(deepcopy(definitions[name]))
        partial["required"] = ["id"] if "id" in partial["properties"] else []
        made[f"Site{name}"] = partial
    site = made["SiteCharterText"]
    site["required"] = [EXTENDS, "version"]
    site["properties"]["refusals"].pop("required", None)
    said = "Charte du groupe, que celle-ci ne peut que restreindre : chemin depuis le dossier de ce fichier."
    site["properties"] = {EXTENDS: {"type": "string", "description": said}, **site["properties"]}
    for key in ("uses", "practices", "roles"):
        for bound in ("minItems", "minProperties"):
            site["properties"][key].pop(bound, None)
    return made


def _renamed(part: Any) -> Any:  # noqa: ANN401 - any part of a JSON document
    """Return a part whose references to partial models name the site's."""
    if isinstance(part, dict):
        reference = str(part.get("$ref", "")).rpartition("/")[2]
        renamed = {key: _renamed(value) for key, value in part.items()}
        return renamed | {"$ref": f"#/$defs/Site{reference}"} if reference in PARTIAL else renamed
    return [_renamed(one) for one in part] if isinstance(part, list) else part
