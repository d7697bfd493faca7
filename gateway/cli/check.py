"""`ecluse check`: everything that must be right before the gateway serves, and every fault at once."""

import datetime as dt
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Final, Protocol, TypeVar

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from config.charter import CharterFile
from config.errors import Fault
from config.loader import load_settings, read_settings
from config.masking import MaskingWork
from config.reading import Reading
from config.routes import DEMO, RouteSettings
from config.section import Section
from config.settings import Settings
from filters.identifiers.errors import MaskingError
from gateway.cli import databases
from gateway.cli.faults import show
from gateway.secrets import KeyFileError, hmac_key, signing_key
from policies.facts import Tier
from policies.loader import load_charter, read_charter, routes_of
from policies.rule import IDENTIFIERS

S = TypeVar("S", bound=Section)

MASKING = "masquage"
"""Stands for a file in a fault of the detectors, which come from no file of the hospital."""

RENEWAL_DAYS: Final = 60
"""How long before its end a hosting certificate is spoken of: a host takes weeks to give a new one."""

_AFTERWARDS: Final = (
    " Passé ce jour, la route redescend au palier D1 et la passerelle ne redémarre plus tant que sa configuration la "
    "dit de palier D2."
)


class Detection(Protocol):
    """What is asked of the detectors before serving."""

    def labels(self) -> Collection[str]:
        """Return the names of the labels that can be found."""
        ...

    def canary(self) -> None:
        """Raise unless a fixed invented note is detected."""
        ...


Loader = Callable[[Path | None], Detection]


def load_detection(extra: Path | None) -> Detection:
    """Load every detector and its model, which takes seconds; `extra` holds the hospital's own recognisers."""
    from filters.identifiers.analyzer import Analyzer  # noqa: PLC0415  `ecluse --help` must not wait for the models

    return Analyzer(extra)


def faults(
    path: Path | None,
    *,
    load: Loader = load_detection,
    environ: Mapping[str, str] | None = None,
    today: dt.date | None = None,
) -> tuple[Fault, ...]:
    """Return every fault of the configuration at `path`, of its charter, of the keys and of the detectors."""
    reading = read_settings(path, environ=environ, today=today)
    if reading.value is not None and not _writable(reading.value.data_dir):
        reading.add(
            ("data_dir",),
            "Le journal et les clés ne peuvent pas être écrits dans ce dossier : donnez-en un que le compte de la "
            "passerelle peut créer, ou dans lequel il peut écrire.",
        )
    found = list(reading.faults)
    if (charter := _section(reading, "charter", CharterFile)) is not None:
        found += read_charter(charter.file, _route_ids(reading)).faults
    if reading.value is not None:
        found += _of_keys(reading.value)
    masking = _section(reading, "masking", MaskingWork)
    found += _of_detection(load, masking.recognizers if masking is not None else None)
    return tuple(sorted(found))


def verify(settings: Settings, *, load: Loader = load_detection) -> tuple[Fault, ...]:
    """Return the faults that keep settings whose own file is right from being served: charter, keys, detectors."""
    charter = read_charter(settings.charter.file, [route.id for route in settings.routes])
    return tuple(sorted([*charter.faults, *_of_keys(settings), *_of_detection(load, settings.masking.recognizers)]))


def check(
    config: Annotated[
        Path | None,
        typer.Option(
            "--config", "-c", envvar="ECLUSE_CONFIG", help="Fichier de configuration ; par défaut, celui livré."
        ),
    ] = None,
) -> None:
    """Vérifie la configuration, la charte, les clés et les détecteurs ; affiche tous les défauts à la fois."""
    if not report(config):
        raise typer.Exit(1)


def report(path: Path | None, *, load: Loader = load_detection, today: dt.date | None = None) -> bool:
    """Show every fault, or what is about to be served; return whether all is right."""
    if found := faults(path, load=load, today=today):
        show(found)
        return False
    settings = load_settings(path, today=today)
    unusable, sentences = databases.standing(settings)
    if unusable:
        show(unusable)
        return False
    today = today or dt.datetime.now(tz=dt.UTC).date()
    _summary(settings, today)
    console = Console(highlight=False)
    for sentence in sentences:
        console.print(sentence, soft_wrap=True)
    for sentence in ending_certificates(settings.routes, today):
        console.print(f"[yellow]attention :[/yellow] {escape(sentence)}", soft_wrap=True)
    return True


def ending_certificates(routes: Iterable[RouteSettings], today: dt.date) -> Iterator[str]:
    """Yield a sentence for each hosting certificate that has ended or soon will.

    One that a D2 route needs and that has ended is a fault, and keeps the gateway from opening.
    """
    for route in routes:
        if route.hds is None:
            continue
        days, last = (route.hds.expires - today).days, f"{route.hds.expires:%d/%m/%Y}"
        if days < 0:
            yield (
                f"le certificat HDS de la route « {route.id} » a expiré le {last} ; au palier {route.tier} Écluse n’en "
                "demande pas. Renseignez le nouveau, ou retirez `hds`."
            )
        elif days <= RENEWAL_DAYS:
            yield (
                f"le certificat HDS de la route « {route.id} » expire le {last}, dans {days} jour{'s' * (days > 1)} : "
                f"demandez le nouveau à l’hébergeur.{_AFTERWARDS if route.tier == Tier.D2 else ''}"
            )


def _writable(folder: Path) -> bool:
    """Return whether files can be made in `folder`, or the folder itself; nothing is made here."""
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    return nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)


def _section(reading: Reading[Settings], name: str, model: type[S]) -> S | None:
    """Return a section that is right, even where another is not, so that the files it names are read as well."""
    try:
        return model.model_validate(reading.data.get(name) or {}, context={"folder": reading.folder})
    except ValidationError:
        return None


def _route_ids(reading: Reading[Settings]) -> list[str]:
    routes = reading.data.get("routes", [DEMO.model_dump()])
    return [str(route.get("id")) for route in routes if isinstance(route, dict)] if isinstance(routes, list) else []


def _of_keys(settings: Settings) -> Iterator[Fault]:
    """Yield the faults of key files that exist; a missing one is made on first start."""
    for path, load in (
        (settings.journal_key_file, hmac_key),
        (settings.journal_signing_key_file, signing_key),
        (settings.provenance_key_file, signing_key),
    ):
        if path.exists():
            try:
                load(path)
            except KeyFileError:
                yield Fault(
                    str(path),
                    1,
                    1,
                    "Cette clé est inutilisable : seul le compte de la passerelle doit pouvoir la lire (chmod 600), et "
                    "son contenu doit être celui que la passerelle a créé. Restaurez-la depuis votre sauvegarde.",
                )


def _of_detection(load: Loader, extra: Path | None) -> Iterator[Fault]:
    try:
        detection = load(extra)
        detection.canary()
    except (MaskingError, ImportError, OSError):
        if extra is not None:
            yield Fault(
                str(extra),
                1,
                1,
                "La détection ne démarre pas avec ces reconnaisseurs : vérifiez que le fichier est au format YAML de "
                "Presidio, que chaque `supported_entity` est une étiquette d’Écluse et chaque langue `fr`.",
            )
            return
        yield Fault(
            MASKING,
            1,
            1,
            "La détection des identifiants ne fonctionne pas : un modèle manque ou la note d’essai n’est pas masquée. "
            "Réinstallez Écluse et ses modèles ; rien ne peut être envoyé d’ici là.",
        )
        return
    if missing := sorted(IDENTIFIERS - {str(label) for label in detection.labels()}):
        yield Fault(
            MASKING,
            1,
            1,
            f"La charte demande de masquer {', '.join(missing)}, qu’aucun détecteur ne trouve. Réinstallez Écluse.",
        )


def _summary(settings: Settings, today: dt.date) -> None:
    routes = routes_of(settings.routes)
    charter = load_charter(settings.charter.file, routes)
    table = Table(title="Écluse est prête à servir", title_justify="left")
    table.add_column("Route")
    table.add_column("Palier")
    table.add_column("Système d’IA")
    table.add_column("Usages servis")
    for route in routes:
        served = sum(use.open_on(today) and route in charter.routes_for(use, today) for use in charter.uses.values())
        table.add_row(route.id, route.tier, f"{route.system.name} {route.system.version}", str(served))
    console = Console(highlight=False)
    console.print(table)
    closed = [use.id for use in charter.uses.values() if not use.open_on(today)]
    console.print(
        f"Charte {charter.version} : {len(charter.uses)} usages, {len(charter.practices)} pratiques interdites."
    )
    if closed:
        console.print(f"Usages fermés : {', '.join(closed)}.")
    console.print(f"Identifiants masqués : {len(charter.must_mask)} sortes, note d’essai comprise.")
