"""The sanctioned models and where they run."""

import datetime as dt
import os
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, SecretStr, StringConstraints, model_validator

from config.section import ConfiguredPath, Line, Section, wrong

EEA = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()  # noqa: SIM905  readable as a line
)
"""ISO 3166-1 codes of the European Economic Area, where version 2 of the HDS standard wants health data kept."""

NEEDS_ADDRESS = ("hosted_vllm/", "azure/", "openai_like/")
"""Prefixes of models that have no address of their own."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]{0,63}$")]
"""A name to be typed in a model name or a header."""


class Hds(Section):
    """The host's certificate for health data (hébergement de données de santé)."""

    certificate: Line
    expires: dt.date
    """Last day on which it is valid."""


class System(Section):
    """The AI system behind a route, as the hospital's cartography names it; shown in every notice."""

    name: Line
    version: Line
    supplier: Line


class RouteSettings(Section):
    """One entry of `routes`."""

    id: Id
    model: Line
    """As litellm names it; `demo/extractif` is the embedded one."""
    tier: Literal["D0", "D1", "D2"]
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    system: System
    base_url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    api_version: Line | None = None
    """Only Azure OpenAI asks for one."""
    key_env: Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")] | None = None
    key_file: ConfiguredPath | None = None
    hds: Hds | None = None
    timeout_seconds: Annotated[float, Field(gt=0, le=3600)] = 120.0
    retries: Annotated[int, Field(ge=0, le=5)] = 1
    fallbacks: tuple[Id, ...] = ()
    expires: dt.date | None = None
    """Last day on which this route may be used."""

    @model_validator(mode="after")
    def _one_key(self) -> "RouteSettings":
        if self.key_env and self.key_file:
            raise wrong(
                f"La route « {self.id} » a deux sources de clé : gardez `key_env` ou `key_file`, et supprimez l’autre."
            )
        return self

    @model_validator(mode="after")
    def _address(self) -> "RouteSettings":
        if self.base_url is None and self.model.startswith(NEEDS_ADDRESS):
            raise wrong(
                f"La route « {self.id} » n’a pas d’adresse : le modèle `{self.model}` demande `base_url`, "
                "par exemple `base_url: http://llm.interne.example:8000/v1`."
            )
        return self

    def api_key(self, environ: Mapping[str, str] = os.environ) -> SecretStr | None:
        """Return the provider's key, read now; None where the route names none.

        Raises KeyError or OSError where the named source has gone since the start; the message holds no key.
        """
        if self.key_env:
            return SecretStr(environ[self.key_env])
        return SecretStr(self.key_file.read_text(encoding="utf-8").strip()) if self.key_file else None


DEMO = RouteSettings(
    id="demo",
    model="demo/extractif",
    tier="D1",
    country="FR",
    system=System(name="Écluse démo", version="0.1.0", supplier="Projet Écluse"),
)
"""The embedded route, which needs no provider."""
