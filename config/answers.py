"""Where answers may point to."""

from typing import Annotated

from pydantic import StringConstraints

from config.section import Section

HostName = Annotated[
    str, StringConstraints(to_lower=True, pattern=r"^(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$")
]


class Answers(Section):
    """Section `answers`."""

    hosts: tuple[HostName, ...] = (
        "has-sante.fr",
        "sante.gouv.fr",
        "ansm.sante.fr",
        "medicaments.gouv.fr",
        "santepubliquefrance.fr",
        "e-cancer.fr",
        "ameli.fr",
        "esante.gouv.fr",
        "legifrance.gouv.fr",
        "service-public.fr",
        "service-public.gouv.fr",
        "cnil.fr",
    )
    """Public French hosts of health and law, with their subdomains: links and images of an answer to any other are
    defused."""
