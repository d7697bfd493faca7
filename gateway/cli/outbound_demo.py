"""`ecluse outbound demo`: three connections through a real Squid on this machine, and what is counted of them."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from gateway.cli.stores import stop
from gateway.outbound.demonstration import ALLOWED, PROGRAM, REFUSED, Answered, demonstration
from gateway.outbound.squid.running import SquidMissingError, SquidStoppedError

EXPECTED: Final = 2
"""Attempts that are counted: the third connection is to a site that is no AI."""


def demo() -> None:
    """Démarre un vrai Squid sur ce poste, montre trois connexions et ce qui en est compté. Rien ne reste."""
    console = Console(highlight=False)
    console.print("Squid démarre, avec sa configuration et une politique de démonstration…")
    try:
        with demonstration() as running:
            allowed = running.ask(ALLOWED, browser=True)
            page = running.ask(REFUSED, browser=True)
            program = running.ask(PROGRAM, browser=False)
            events = running.counted(EXPECTED)
    except (SquidMissingError, SquidStoppedError) as error:
        stop(str(error))
    except OSError as error:
        stop(f"La démonstration s’est arrêtée : {error}.")
    _show(console, f"1. Un site ordinaire, {ALLOWED}", *_allowed(allowed))
    _show(console, f"2. Un navigateur vers {REFUSED}", *_refused(page))
    _show(console, f"3. Un programme vers {PROGRAM}", *_error(program))
    console.print(_counts(events))
    line = json.dumps(events[0][1:] if events else [], ensure_ascii=False)
    console.print(
        f"Voilà tout ce qui est écrit d’une tentative : {line}\n"
        "(heure, pseudonyme du mois, service, pôle, sort, sort prévu, moteur, politique). Ni nom, ni adresse, ni page.",
        soft_wrap=True,
        markup=False,
    )
    if (allowed.status, page.status, program.status, len(events)) != (200, 303, 403, EXPECTED):
        stop("La démonstration n’a pas donné ce qui était attendu.")
    console.print(
        "Pour la suite : `ecluse outbound check` puis `apply` votre politique, `squid` pour votre proxy, "
        "`report` pour le bilan du DPO.",
        soft_wrap=True,
        markup=False,
    )


def _allowed(answer: Answered) -> tuple[str, ...]:
    return (
        f"Réponse {answer.status}. Certificat de « {answer.issuer} » : celui du site, la connexion n’est pas ouverte.",
        "Rien n’en est compté.",
    )


def _refused(answer: Answered) -> tuple[str, ...]:
    return (
        f"Réponse {answer.status} vers {answer.location}",
        f"Certificat de « {answer.issuer} », qui ne peut signer que les noms refusés. Le site n’a pas été contacté.",
    )


def _error(answer: Answered) -> tuple[str, ...]:
    return (f"Réponse {answer.status}, en JSON, que les bibliothèques comprennent :", answer.body.strip())


def _show(console: Console, title: str, *lines: str) -> None:
    console.print(Panel(Text("\n".join(lines)), title=title, title_align="left"))


def _counts(events: Sequence[Sequence[Any]]) -> Table:
    table = Table("service", "sort", "pôle", "tentatives", title="Ce qui est compté", title_justify="left")
    for (service, verdict, department), count in Counter((one[3], one[5], one[4]) for one in events).items():
        table.add_row(service, verdict, department, str(count))
    return table
