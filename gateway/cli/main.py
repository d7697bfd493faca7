"""The `ecluse` command: one line for each of its words; what a word needs is loaded when it is used."""

from dataclasses import dataclass
from importlib import import_module
from typing import Annotated, Any

import typer
from typing_extensions import override

from gateway import __version__
from gateway.cli.french import Command, Group


@dataclass(frozen=True, slots=True)
class Word:
    """Where a command is, and what the list of commands says of it."""

    module: str
    attribute: str
    help: str


WORDS = {
    "demo": Word(
        "gateway.cli.demo", "demo", "Joue une note de bout en bout et montre ce qui part, revient et s’écrit."
    ),
    "serve": Word("gateway.cli.serve", "serve", "Ouvre la passerelle."),
    "check": Word("gateway.cli.check", "check", "Vérifie toute la configuration et dit tous les défauts à la fois."),
    "mask": Word("gateway.cli.mask", "mask", "Masque un texte, ou un fichier JSONL, sans rien envoyer."),
    "charter": Word("gateway.cli.charter", "app", "Vérifie, compare, éprouve, imprime et approuve une charte."),
    "decide": Word("gateway.cli.decide", "decide", "Interroge la charte seule."),
    "key": Word("gateway.cli.keys", "app", "Crée, liste et révoque les clés d’accès."),
    "people": Word("gateway.cli.people", "app", "Tient le registre des personnes : formations, charte, habilitations."),
    "audit": Word("gateway.cli.audit", "app", "Vérifie, exporte et purge le journal."),
    "stop": Word("gateway.cli.systems", "stop", "Arrête un système d’IA, une route, un usage ou tout."),
    "resume": Word("gateway.cli.systems", "resume", "Remet en service ce qui est arrêté."),
    "systems": Word("gateway.cli.systems", "systems", "Montre ce qui peut être arrêté, et ce qui l’est."),
    "refusals": Word("gateway.cli.refusals", "app", "Montre les refus contestés, et y répond."),
    "outbound": Word(
        "gateway.cli.outbound", "app", "Filtre et compte les connexions vers les services d’IA non approuvés."
    ),
    "report": Word("gateway.cli.report", "report", "Écrit le rapport d’usage d’un mois, pour le DPO."),
    "verify": Word("gateway.cli.verify", "verify", "Dit si un texte est sorti d’ici, et s’il a changé depuis."),
}


class Words(Group):
    """Loads a command only when it is the one asked for, so that `ecluse --help` answers at once."""

    @override
    def list_commands(self, ctx: Any) -> list[str]:
        """Return the words, in the order in which they are shown."""
        return list(WORDS)

    @override
    def get_command(self, ctx: Any, cmd_name: str) -> Command | None:
        """Return what the list of commands shows of a word."""
        word = WORDS.get(cmd_name)
        return Command(cmd_name, help=word.help) if word else None

    @override
    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command itself."""
        if args and args[0] in WORDS:
            return args[0], _loaded(args[0]), args[1:]
        return super().resolve_command(ctx, args)


def _loaded(name: str) -> Any:  # noqa: ANN401 - Typer's commands have no public type
    word = WORDS[name]
    target = getattr(import_module(word.module), word.attribute)
    if not isinstance(target, typer.Typer):
        command = typer.Typer(add_completion=False, rich_markup_mode="markdown")
        command.command(name, cls=Command, help=target.__doc__)(target)
        target = command
    return typer.main.get_command(target)


app = typer.Typer(
    cls=Words,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # a traceback could show a text that was being masked
    help="Écluse, la passerelle d’IA générative de l’établissement.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ecluse {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Donne la version, puis s’arrête.")
    ] = False,
) -> None:
    del version


def run() -> None:
    """Run the command line."""
    app(prog_name="ecluse")
