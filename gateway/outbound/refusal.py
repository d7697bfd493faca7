"""What a refused connection is answered, whichever engine says it: a page for people, an error for programs."""

import json


def page_of(page: str, service: str) -> str:
    """Return the address of the page for a service. No host and no person is in it."""
    return f"{page}?service={service or '-'}"


def refusal_of(page: str, service: str) -> str:
    """Return the body for programs, JSON in the shape of OpenAI's errors, which their libraries understand."""
    sentence = "Ce service d’IA n’est pas autorisé par l’établissement."
    if page:
        sentence += f" Ce qui le remplace, et comment demander un outil : {page_of(page, service)}"
    error = {
        "message": sentence,
        "type": "outbound_refused",
        "param": None,
        "code": "service_not_allowed",
        "service": service or None,
    }
    return json.dumps({"error": error}, ensure_ascii=False)
