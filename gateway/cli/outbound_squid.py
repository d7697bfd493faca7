"""`ecluse outbound squid` and `ecluse outbound ca`: what the DSI gives its Squid, made from the policy in force."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import typer
from rich.console import Console

from config.settings import Settings
from filters.outbound.deciding import strictest
from filters.outbound.snapshot import Snapshot
from gateway.cli.outbound_export import some
from gateway.cli.outbound_policy import required
from gateway.cli.stores import stop
from gateway.outbound import authority
from gateway.outbound.judge import REFUSED
from gateway.outbound.squid import configuration
from gateway.outbound.squid.authentication import Authentication
from gateway.outbound.squid.options import HOSTNAME, PRIVATE, Mode, Options, OptionsError

PASSWORD: Final = "ECLUSE_CA_PASSWORD"  # noqa: S105  the name of a variable
"""Variable of the environment with the password of the root's key, which no command line shows."""


def write_configuration(
    settings: Settings,
    folder: Path,
    *,
    mode: Mode = Mode.EXPLICIT,
    certificate: Path | None = None,
    authentication: Authentication | None = None,
    localnet: Sequence[str] = PRIVATE,
    port: int = 3128,
    closed: bool = False,
    page: str | None = None,
    user: str = "",
    hostname: str = HOSTNAME,
    workers: int = 1,
) -> None:
    """Write a Squid's configuration in `folder`; `page` is the policy's unless another is given.

    Says which refused names the authority does not cover. What is wrong ends the command with exit code 2.
    """
    policy = required(settings)
    if not (page or policy.page):
        stop("Il faut l’adresse de la page de blocage : `page` dans la politique, ou l’option `--page`.")
    options = Options(
        folder=folder.absolute(),
        state=settings.outbound_folder.absolute(),
        keys=settings.outbound_keys_folder.absolute(),
        timezone=settings.outbound.timezone,
        raw_days=settings.outbound.raw_days,
        page=page or policy.page,
        mode=mode,
        certificate=certificate.absolute() if certificate else None,
        authentication=authentication,
        localnet=tuple(localnet),
        gateway=policy.content.gateway,
        port=port,
        closed=closed,
        user=user,
        visible_hostname=hostname,
        workers=workers,
    )
    try:
        files = configuration.write(options)
        uncovered = _uncovered(policy, certificate)
    except OptionsError as error:
        stop("\n".join(error.faults))
    except authority.AuthorityError as error:
        stop(str(error))
    except OSError as error:
        stop(f"« {error.filename or folder} » ne peut pas être lu ou écrit : vérifiez son dossier et ses droits.")
    if not options.gateway:
        _warn("La politique ne nomme pas la passerelle (`gateway`) : ses propres appels aux modèles seraient filtrés.")
    if uncovered:
        _warn(
            f"{len(uncovered)} nom(s) refusé(s) hors de l’autorité ({some(uncovered)}) : une erreur de certificat à "
            "la place de la page. Faites une nouvelle autorité : `ecluse outbound ca`."
        )
    typer.echo(f"{len(files)} fichiers écrits dans {options.folder} ; commencez par README.md.")


def write_authority(
    settings: Settings,
    target: Path,
    *,
    name: str = "Filtre des services d’IA",
    days: int = authority.DAYS,
    root_certificate: Path | None = None,
    root_key: Path | None = None,
) -> None:
    """Write at `target` an authority that can sign for the refused names only, in one PEM for Squid.

    Signed by the hospital's root if it is given; otherwise by one beside it, made where missing (`root.pem` for
    workstations, `root.key.pem` to be kept offline).
    """
    names = refused_names(required(settings))
    if (root_certificate is None) is not (root_key is None):
        stop("Donnez le certificat et la clé de l’autorité racine, ou aucun des deux.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if root_certificate is None or root_key is None:
            root = _own_root(target.parent, f"{name} — racine")
        else:
            password = os.environ.get(PASSWORD)
            root = authority.read_root(root_certificate, root_key, password.encode() if password else None)
        made = authority.constrained(root, names, name, days)
        authority.write(made, target, [root.certificate])
    except authority.AuthorityError as error:
        stop(str(error))
    except OSError as error:
        stop(f"« {error.filename or target} » ne peut pas être écrit : vérifiez son dossier et ses droits.")
    typer.echo(
        f"{target} : {len(names)} noms refusés, et rien d’autre, jusqu’au "
        f"{made.certificate.not_valid_after_utc:%d/%m/%Y}. Lisible par Squid seul."
    )
    if root_key is None:
        typer.echo("Racine à côté : installez root.pem sur les postes, et mettez root.key.pem hors ligne, à l’abri.")


def _own_root(folder: Path, name: str) -> authority.Authority:
    """Return the root of a folder: workstations that trust it shall go on trusting what it signs."""
    certificate, key = folder / "root.pem", folder / "root.key.pem"
    if certificate.exists() and key.exists():
        return authority.read_root(certificate, key)
    root = authority.made_root(name)
    authority.write(root, key)
    certificate.write_bytes(authority.pem(root.certificate))
    return root


def refused_names(policy: Snapshot) -> tuple[str, ...]:
    """Return the names that anybody may be refused once the policy is in its last mode."""
    return tuple(sorted(name for name, _ in policy.named() if strictest(policy, name).planned in REFUSED))


def _uncovered(policy: Snapshot, certificate: Path | None) -> tuple[str, ...]:
    if certificate is None:
        return ()
    return authority.missing(refused_names(policy), authority.read_certificate(certificate))


def _warn(sentence: str) -> None:
    Console(stderr=True, highlight=False).print(sentence, style="yellow", soft_wrap=True, markup=False)
