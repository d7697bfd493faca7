"""Examples of what is answered, whole: FastAPI would drop the null values of one that a model carries."""

from collections.abc import Mapping
from typing import Final

from pydantic import JsonValue

ANSWER: dict[str, JsonValue] = {
    "id": "chatcmpl-0123456789abcdef0123456789abcdef",
    "object": "chat.completion",
    "created": 1795453671,
    "model": "compte_rendu",
    "system_fingerprint": None,
    "choices": [
        {
            "index": 0,
            "message": {"role": "assistant", "content": "M. Jean Exemple, 75 ans, dyspnée.", "refusal": None},
            "logprobs": None,
            "finish_reason": "stop",
        }
    ],
    "usage": {"prompt_tokens": 76, "completion_tokens": 14, "total_tokens": 90},
    "ecluse": {
        "output_id": "0123456789abcdef0123456789abcdef",
        "use": "compte_rendu",
        "ai_generated": True,
        "state": "draft",
        "review": "R2",
        "notice": "Projet préparé avec l’assistance d’une intelligence artificielle (Modèle, 1.0) ; à relire.",
        "masked": {"NOM": 1, "PRENOM": 1, "DATE_NAISSANCE": 1},
        "placeholders": {"lost": 0, "unknown": 0},
        "answer": {"links": 0, "images": 0, "active": 0, "secrets": 0, "new_identifiers": 0},
        "charter": "2026-11-23",
        "system": {"name": "Modèle", "version": "1.0"},
    },
}
"""What an answer looks like."""

ERROR: dict[str, JsonValue] = {
    "error": {
        "message": "L’usage « Aide au codage PMSI » n’est pas ouvert à votre rôle (infirmier). Rien n’a été envoyé au "
        "modèle.",
        "type": "permission_error",
        "code": "hors_role",
        "param": None,
        "ecluse": {
            "refusal": "0123456789abcdef0123456789abcdef",
            "article": "guide 5.1 et 5.3",
            "reason": "Chaque usage est réservé aux métiers qui peuvent en répondre",
            "instead": None,
            "alternatives": [{"use": "transmissions", "title": "Transmissions et liaison soignante"}],
            "contact": "Référent IA de l’établissement (referent-ia@hopital.example)",
            "contest": "/v1/refusals/0123456789abcdef0123456789abcdef/contest",
        },
    }
}
"""What an error looks like."""

EXAMPLES: Final[Mapping[str, JsonValue]] = {"ChatAnswer": ANSWER, "Problem": ERROR}
"""By the name of the schema."""
