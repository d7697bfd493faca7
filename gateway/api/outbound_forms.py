"""The forms of the block page, and reading what they send: closed lists wherever a list can do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from gateway.api import bodies
from gateway.errors import InvalidPromptError
from gateway.outbound.desk.reason import Reason
from gateway.outbound.desk.request import LONGEST_TEXT, Purpose
from gateway.outbound.desk.site import Site

MOST_BYTES: Final = 8192
MOST_FIELDS: Final = 12

REASONS: Final[Mapping[Reason, str]] = {
    Reason.LACKING: "L’outil de l’établissement ne fait pas ce dont j’ai besoin",
    Reason.DOWN: "L’outil de l’établissement ne fonctionne pas en ce moment",
    Reason.UNFINISHED: "Je termine un travail déjà commencé sur ce site",
    Reason.LEARNING: "Formation ou veille, sans donnée de personne",
    Reason.TRIAL: "J’évalue ce service pour l’établissement",
    Reason.OTHER: "Une autre raison professionnelle",
}
PURPOSES: Final[Mapping[Purpose, str]] = {
    Purpose.MISTAKE: "Ce site est refusé par erreur",
    Purpose.OTHER: "Un usage que la charte ne prévoit pas encore",
}
PROMISE: Final = "oui"
"""What the box sends by which somebody promises to write nothing there of a patient."""


@dataclass(frozen=True, slots=True)
class Field:
    """Writes the fields of a form with what is wrong with them and what was chosen before."""

    faults: Mapping[str, str]
    sent: Mapping[str, str]

    def attributes(self, name: str, hint: str = "") -> str:
        """Return the attributes that tie a control to its hint and to its fault."""
        described = [*([hint] if hint else []), *([f"{name}-faute"] if name in self.faults else [])]
        invalid = ' aria-invalid="true"' if name in self.faults else ""
        return invalid + (f' aria-describedby="{" ".join(described)}"' if described else "")

    def fault(self, name: str) -> str:
        """Return what is wrong with a field, as its page says it."""
        said = self.faults.get(name)
        return f'<span class="fault" id="{name}-faute">{escape(said)}</span>' if said else ""

    def text(self, name: str, label: str, attributes: str, hint: str = "") -> str:
        """Return a field of one line."""
        told = f'<span class="hint" id="{name}-aide">{escape(hint)}</span>' if hint else ""
        tied = self.attributes(name, f"{name}-aide" if hint else "")
        return (
            f'<p><label class="field" for="{name}">{escape(label)}</label>{told}{self.fault(name)}'
            f'<input id="{name}" name="{name}" {attributes}{tied}></p>'
        )

    def select(self, name: str, label: str, groups: Iterable[tuple[str, Mapping[str, str]]]) -> str:
        """Return a list of choices, in groups where they have a title; one has to be chosen."""
        options = "".join(self._group(name, title, choices) for title, choices in groups if choices)
        return (
            f'<p><label class="field" for="{name}">{escape(label)}</label>{self.fault(name)}'
            f'<select id="{name}" name="{name}" required{self.attributes(name)}>'
            f'<option value="">Choisissez</option>{options}</select></p>'
        )

    def _group(self, name: str, title: str, choices: Mapping[str, str]) -> str:
        options = "".join(
            f'<option value="{escape(value)}"{self._chosen(name, value, "selected")}>{escape(said)}</option>'
            for value, said in choices.items()
        )
        return f'<optgroup label="{escape(title)}">{options}</optgroup>' if title else options

    def checked(self, name: str, value: str) -> str:
        """Return the attribute of a box or a button that was chosen before."""
        return self._chosen(name, value, "checked")

    def _chosen(self, name: str, value: str, attribute: str) -> str:
        return f" {attribute}" if self.sent.get(name) == value else ""


def pass_form(service: str, ticket: str, field: Field) -> str:
    """Return the form by which somebody goes on to a service for a while."""
    choices = [
        f'<input type="radio" name="reason" value="{reason.value}" required{field.checked("reason", reason.value)}> '
        f"<span>{escape(said)}</span>"
        for reason, said in REASONS.items()
    ]
    # The link of a fault leads to the first choice.
    choices[0] = choices[0].replace("<input", '<input id="reason"', 1)
    reasons = "".join(f'<label class="choice">{choice}</label>' for choice in choices)
    return (
        f'<form method="post" action="/outbound/pass">{_hidden(service, ticket)}'
        f"<fieldset{field.attributes('reason')}><legend>Pour quelle raison ?</legend>"
        f"{field.fault('reason')}{reasons}</fieldset>"
        f'<p>{field.fault("promise")}<label class="choice"><input type="checkbox" id="promise" name="promise" '
        f'value="{PROMISE}" required{field.attributes("promise")}{field.checked("promise", PROMISE)}> '
        "<span>Je n’y écrirai rien qui permette de reconnaître un patient ou un collègue.</span></label></p>"
        '<p><button class="second" type="submit">Passer pour cette fois</button></p></form>'
    )


def request_form(
    service: Site | None, ticket: str, uses: Mapping[str, str], departments: Sequence[str], field: Field
) -> str:
    """Return the form by which somebody asks for a tool, or says that a site is refused by mistake."""
    named = (
        f"<p>Votre demande porte sur <strong>{escape(service.name)}</strong>.</p>"
        if service
        else field.text("tool", "Nom de l’outil", 'type="text" maxlength="60" required', "Son nom seul : « DeepL ».")
        + field.text("address", "Adresse du site, si vous la connaissez", 'type="text" maxlength="253"', "deepl.com")
    )
    purposes = [("Un usage de la charte", uses), ("Autre chose", {one.value: said for one, said in PURPOSES.items()})]
    listed = field.select("department", "Votre service à l’hôpital", [("", {one: one for one in departments})])
    return (
        f'<form method="post" action="/outbound/requests">{_hidden(service.id if service else "", ticket)}{named}'
        f"{field.select('purpose', 'Pour quoi faire ?', purposes)}{listed if departments else ''}"
        f'<p><label class="field" for="text">Précisions (facultatif)</label><span class="hint" id="text-aide">'
        f"{LONGEST_TEXT} caractères au plus. Jamais de donnée de patient ; ce qui y ressemble est masqué avant d’être "
        f'gardé.</span>{field.fault("text")}<textarea id="text" name="text" rows="4" maxlength="{LONGEST_TEXT}"'
        f"{field.attributes('text', 'text-aide')}></textarea></p>"
        + field.text(
            "contact",
            "Votre adresse électronique professionnelle (facultatif)",
            'type="email" maxlength="254" autocomplete="email"',
            "Pour vous répondre ; effacée 90 jours après la réponse.",
        )
        + '<p><button type="submit">Envoyer la demande</button></p></form>'
    )


async def read(request: Request) -> dict[str, str]:
    """Return the fields of a form; raises `InvalidPromptError` where it is none of ours."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await bodies.read(request, MOST_BYTES)
    if kind != "application/x-www-form-urlencoded":
        raise InvalidPromptError("ce formulaire s’envoie depuis sa page.")
    try:
        fields = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        raise InvalidPromptError("ce formulaire ne peut pas être lu.") from None
    if len(dict(fields)) != len(fields):
        raise InvalidPromptError("un champ de ce formulaire y figure deux fois.")
    return dict(fields)


def _hidden(service: str, ticket: str) -> str:
    return (
        f'<input type="hidden" name="service" value="{escape(service)}">'
        f'<input type="hidden" name="ticket" value="{escape(ticket)}">'
    )
