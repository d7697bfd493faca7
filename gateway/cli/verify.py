"""`ecluse verify`: whether a text came out of the gateway, and whether it has changed since."""

import json
from enum import IntEnum
from pathlib import Path
from typing import Annotated

import typer
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from config.errors import FaultsError
from config.loader import load_settings
from gateway.cli.faults import show
from gateway.provenance.manifest import Match, Verdict
from gateway.provenance.manifest import verify as judged
from gateway.secrets import KeyFileError, signing_key
from gateway.structures import Json


class Exit(IntEnum):
    """Exit codes of the command."""

    HOLDS = 0
    DOES_NOT_HOLD = 1
    UNREADABLE = 2


class UnreadableError(Exception):
    """Something given to the command cannot be read; the message is for the person who typed it."""


def verify(
    text_file: Annotated[Path, typer.Argument(metavar="TEXTE", help="Le texte à vérifier, en UTF-8.")],
    manifest_file: Annotated[
        Path, typer.Argument(metavar="MANIFESTE", help="Son manifeste, tel que /v1/outputs/{id}/manifest le donne.")
    ],
    *,
    key: Annotated[
        Path | None,
        typer.Option(help="Clé publique de l’établissement (PEM) ; sans elle, celle de cette installation."),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config", "-c", envvar="ECLUSE_CONFIG", help="Fichier de configuration ; par défaut, celui livré."
        ),
    ] = None,
) -> None:
    """Dit si un texte est sorti de la passerelle, et s’il a changé depuis.

    Fins de ligne et blancs autour du texte ne comptent pas ; tout le reste compte. Codes de sortie : 0, le texte est
    bien celui du manifeste, avec ou sans sa mention ; 1, non ; 2, un fichier est illisible.
    """
    try:
        text = _text(text_file)
        manifest = _manifest(manifest_file)
        public_key = _public_key(key) if key else _own_key(config)
    except UnreadableError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(Exit.UNREADABLE) from None
    verdict = judged(text, manifest, public_key)
    for line in _lines(verdict, manifest):
        typer.echo(line)
    raise typer.Exit(Exit.HOLDS if verdict.holds else Exit.DOES_NOT_HOLD)


def _lines(verdict: Verdict, manifest: Json) -> list[str]:
    """Return what to say of a verdict, the conclusion first."""
    if not verdict.authentic or not isinstance(manifest, dict):
        return [
            "NON AUTHENTIQUE : la signature du manifeste ne correspond pas à cette clé.",
            "Ce manifeste ne prouve rien de ce texte : il a été modifié, ou vient d’un autre établissement.",
        ]
    conclusion = {
        Match.EXACT: "AUTHENTIQUE : ce texte est, mot pour mot, une sortie de la passerelle.",
        Match.WITHOUT_NOTICE: "AUTHENTIQUE, SANS SA MENTION : ce texte est une sortie de la passerelle, mais la phrase "
        "qui la signalait comme produite par une IA a été retirée.",
        Match.ALTERED: "MODIFIÉ : le manifeste est authentique, mais ce texte n’est pas celui qui est sorti de la "
        "passerelle.",
        None: "",
    }[verdict.match]
    system = manifest.get("system")
    named = f"{system.get('name')}, {system.get('version')}" if isinstance(system, dict) else "non nommé"
    return [
        conclusion,
        f"Sortie {manifest.get('output_id')}, produite par une IA ({named}) le {manifest.get('issued')}.",
        f"Établissement : {manifest.get('provider')}. Usage : {manifest.get('use')}.",
        f"Charte : {manifest.get('charter')}.",
        f"État à la sortie : projet, non validé ; relecture attendue : {manifest.get('review')}.",
    ]


def _text(path: Path) -> str:
    try:
        # Bytes, so that line endings reach the digest as they are.
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise UnreadableError(f"{path} : fichier illisible ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise UnreadableError(f"{path} : ce fichier n’est pas du texte en UTF-8.") from None


def _manifest(path: Path) -> Json:
    try:
        manifest: Json = json.loads(_text(path))
    except (ValueError, RecursionError):
        raise UnreadableError(f"{path} : ce manifeste n’est pas du JSON.") from None
    return manifest


def _public_key(path: Path) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(_text(path).encode())
    except (ValueError, UnsupportedAlgorithm):
        raise UnreadableError(f"{path} : cette clé n’est pas une clé publique au format PEM.") from None
    if not isinstance(key, Ed25519PublicKey):
        raise UnreadableError(f"{path} : cette clé n’est pas une clé Ed25519.")
    return key


def _own_key(config: Path | None) -> Ed25519PublicKey:
    """Return the public half of this installation's key; none is made here."""
    try:
        path = load_settings(config).provenance_key_file
    except FaultsError as error:
        show(error.faults)
        raise UnreadableError("La configuration est fautive : donnez la clé publique avec --key.") from None
    if not path.exists():
        raise UnreadableError(f"{path} : cette installation n’a pas encore de clé ; donnez-en une avec --key.")
    try:
        return signing_key(path).public_key()
    except KeyFileError:
        raise UnreadableError(f"{path} : clé inutilisable ; donnez la clé publique avec --key.") from None
