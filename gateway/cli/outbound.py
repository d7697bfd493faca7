"""`ecluse outbound`: what the DSI does about outgoing connections to AI services, and what the DPO reads of them."""

from pathlib import Path
from typing import Annotated

import typer

from filters.outbound.exports import pac
from filters.outbound.intake.engines import Engine
from gateway.cli import outbound_identify
from gateway.cli.french import Command, Group
from gateway.cli.outbound_demo import demo
from gateway.cli.outbound_export import Choices, Target
from gateway.cli.outbound_export import export as write_export
from gateway.cli.outbound_intake import intake as take_in
from gateway.cli.outbound_policy import apply, check, diff, sanctioned
from gateway.cli.outbound_report import count, report
from gateway.cli.outbound_simulate import Zone, progress_of, simulate
from gateway.cli.outbound_squid import write_authority, write_configuration
from gateway.cli.stores import Config, settings_of, stop
from gateway.outbound.squid.authentication import Authentication
from gateway.outbound.squid.options import HOSTNAME, PRIVATE, Mode

app = typer.Typer(
    cls=Group,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Filtre et compte les connexions sortantes vers les services d’IA non approuvés.",
)
identify = typer.Typer(
    cls=Group,
    add_completion=False,
    no_args_is_help=True,
    help="Après un incident : à qui est un pseudonyme, par deux personnes et avec un motif.",
)
for name, step in (
    ("request", outbound_identify.request),
    ("approve", outbound_identify.approve),
    ("check", outbound_identify.check),
):
    identify.command(name, cls=Command)(step)
for name, word in (
    ("check", check),
    ("diff", diff),
    ("simulate", simulate),
    ("apply", apply),
    ("report", report),
    ("count", count),
    ("demo", demo),
):
    app.command(name, cls=Command)(word)
app.add_typer(identify, name="identify")


@app.command("squid", cls=Command)
def squid(  # noqa: PLR0917 - options of a command line, all named
    folder: Annotated[Path, typer.Argument(metavar="DOSSIER", help="Où écrire squid.conf et ce qui l’accompagne.")],
    mode: Annotated[Mode, typer.Option(help="`explicit`, `transparent` ou `icap`.")] = Mode.EXPLICIT,
    ca: Annotated[
        Path | None, typer.Option(help="Autorité faite par `ecluse outbound ca` ; sans elle, refus sans page.")
    ] = None,
    localnet: Annotated[list[str] | None, typer.Option(help="Réseaux du personnel ; répétez l’option.")] = None,
    port: Annotated[int, typer.Option(help="Port du proxy.")] = 3128,
    page: Annotated[str | None, typer.Option(help="Page de blocage, si ce n’est celle de la politique.")] = None,
    hostname: Annotated[str, typer.Option(help="Nom du proxy.")] = HOSTNAME,
    user: Annotated[str, typer.Option(help="Compte de Squid, si ce n’est celui du paquet.")] = "",
    workers: Annotated[int, typer.Option(min=1, help="Processus de Squid.")] = 1,
    keytab: Annotated[Path | None, typer.Option(help="Kerberos : fichier de clés du proxy.")] = None,
    principal: Annotated[str, typer.Option(help="Kerberos : HTTP/proxy.hopital.example@HOPITAL.EXAMPLE.")] = "",
    ldap: Annotated[str, typer.Option(help="LDAP : ldaps://annuaire.hopital.example.")] = "",
    ldap_base: Annotated[str, typer.Option(help="LDAP : où chercher les comptes.")] = "",
    ldap_filter: Annotated[str, typer.Option(help="LDAP : filtre d’un compte.")] = "uid=%s",
    ldap_bind: Annotated[str, typer.Option(help="LDAP : compte de lecture.")] = "",
    ldap_secret: Annotated[Path | None, typer.Option(help="LDAP : fichier de son mot de passe.")] = None,
    config: Config = None,
    *,
    closed: Annotated[
        bool, typer.Option("--closed", help="Refuser tout quand le filtre ne peut décider ; sinon, tout passe.")
    ] = False,
) -> None:
    """Écrit une configuration complète de Squid, d’après la politique en vigueur. Commencez par son README.md."""
    if (keytab is None) is not (not principal) or (ldap_secret is None) is not (not ldap):
        stop("Kerberos demande `--keytab` et `--principal` ; LDAP demande `--ldap` et `--ldap-secret`.")
    if keytab is not None and ldap_secret is not None:
        stop("Choisissez Kerberos ou LDAP.")
    who = None
    if keytab is not None:
        who = Authentication.kerberos(keytab, principal)
    elif ldap_secret is not None:
        who = Authentication.ldap(ldap, ldap_base, who=ldap_filter, bind=ldap_bind, secret=ldap_secret)
    write_configuration(
        settings_of(config),
        folder,
        mode=mode,
        certificate=ca,
        authentication=who,
        localnet=tuple(localnet or PRIVATE),
        port=port,
        closed=closed,
        page=page,
        user=user,
        hostname=hostname,
        workers=workers,
    )


@app.command("ca", cls=Command)
def authority(
    target: Annotated[Path, typer.Argument(metavar="FICHIER", help="Autorité à écrire, pour Squid seul.")],
    root_certificate: Annotated[Path | None, typer.Option(help="Certificat de votre autorité racine.")] = None,
    root_key: Annotated[Path | None, typer.Option(help="Sa clé ; mot de passe dans ECLUSE_CA_PASSWORD.")] = None,
    config: Config = None,
) -> None:
    """Fait une autorité qui ne peut signer que les noms refusés, pour que la page s’affiche en HTTPS."""
    write_authority(settings_of(config), target, root_certificate=root_certificate, root_key=root_key)


@app.command("export", cls=Command)
def export(  # noqa: PLR0917 - options of a command line, all named
    target: Annotated[Target, typer.Argument(metavar="CIBLE", help=", ".join(Target))],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Fichier ; sans lui, la sortie standard.")] = None,
    redirect: Annotated[str, typer.Option(help="`rpz` : nom vers lequel rediriger ; sans lui, NXDOMAIN.")] = "",
    refused: Annotated[str, typer.Option(help="`pac` : chemin des noms refusés.")] = pac.NOWHERE,
    others: Annotated[str, typer.Option(help="`pac` : chemin des autres.")] = "DIRECT",
    config: Config = None,
    *,
    warned: Annotated[bool, typer.Option("--warned", help="Les noms à avertir, au lieu des noms refusés.")] = False,
) -> None:
    """Écrit les noms que la politique refuse, pour un autre filtre."""
    settings = settings_of(config)
    write_export(
        settings,
        target,
        out,
        warned=warned,
        sanctioned=tuple(host for hosts in sanctioned(settings).values() for host in hosts),
        choices=Choices(redirect, refused, others),
    )


@app.command("intake", cls=Command)
def intake(
    engine: Annotated[Engine, typer.Argument(metavar="MOTEUR", help=", ".join(Engine))],
    logs: Annotated[
        list[Path], typer.Argument(metavar="JOURNAUX…", help="Compressés ou non ; repris où ils en étaient.")
    ],
    zone: Zone = None,
    config: Config = None,
) -> None:
    """Compte les tentatives que raconte le journal d’un autre filtre ; chaque ligne une seule fois."""
    with progress_of(logs) as heard:
        take_in(settings_of(config), logs, engine.value, zone=zone, heard=heard)
