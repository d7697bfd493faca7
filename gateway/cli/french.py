# ruff: noqa: ANN401 - the parameters, contexts and errors of Typer have no public type
"""What Typer says by itself, said in French: titles of the help, and what is wrong with a command line."""

from collections.abc import Sequence
from typing import Any, Final

import typer
from rich.console import Console
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup
from typing_extensions import override

HELP: Final = "Montre cette aide, puis s’arrête."
BAD_COMMAND: Final = 2

UsageError: Final[type[Exception]] = typer.BadParameter.__mro__[1]
"""What is raised for a command line that cannot be understood; Typer gives no name to the class above."""

rich_utils.COMMANDS_PANEL_TITLE = "Commandes"
rich_utils.REQUIRED_LONG_STRING = "[obligatoire]"
rich_utils.DEFAULT_STRING = "[par défaut : {}]"
rich_utils.ENVVAR_STRING = "[variable : {}]"
rich_utils.ABORTED_TEXT = "Interrompu."


class Command(TyperCommand):
    """A command whose help is French throughout."""

    @override
    def get_help_option(self, ctx: Any) -> Any:
        """Return `--help`, with its French sentence."""
        return _spoken(super().get_help_option(ctx))

    @override
    def get_usage(self, ctx: Any) -> str:
        """Return how the command is written."""
        return super().get_usage(ctx).replace("Usage: ", "Usage : ", 1)


class Group(TyperGroup):
    """The same for a command that has commands; it also says in French what is wrong with a command line."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes | {"subcommand_metavar": "COMMANDE [ARGUMENTS]…"})

    @override
    def get_help_option(self, ctx: Any) -> Any:
        """Return `--help`, with its French sentence."""
        return _spoken(super().get_help_option(ctx))

    @override
    def get_usage(self, ctx: Any) -> str:
        """Return how the command is written."""
        return super().get_usage(ctx).replace("Usage: ", "Usage : ", 1)

    @override
    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run, and end the process with the command's exit code; 2 where the command line is not understood."""
        try:
            code = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except UsageError as error:
            if type(error).__name__ != "NoArgsIsHelpError":
                _complain(error)
            raise SystemExit(BAD_COMMAND) from None
        except typer.Abort:
            raise SystemExit(1) from None
        if standalone_mode:
            raise SystemExit(code or 0)
        return code


def fault(error: Any) -> str:
    """Return what is wrong with a command line, and what was expected."""
    parameter = getattr(error, "param", None)
    named = _named(parameter) if parameter is not None else ""
    match type(error).__name__:
        case "MissingParameter":
            return f"Il manque {named}."
        case "BadParameter" if parameter is not None:
            return f"La valeur de {named} ne convient pas ; attendu : {_expected(parameter, error.ctx)}."
        case "NoSuchOption":
            near = " ou ".join(f"`{one}`" for one in error.possibilities or ())
            return f"L’option `{error.option_name}` n’existe pas" + (
                f" ; vouliez-vous écrire {near} ?" if near else "."
            )
        case "BadOptionUsage":
            return f"Il manque une valeur à l’option `{error.option_name}`, ou elle n’en prend pas."
        case _ if error.message.startswith("No such command"):
            return f"La commande {_quoted(error.message)} n’existe pas."
        case _:
            return "Cette commande n’est pas complète, ou en dit trop."


def _complain(error: Any) -> None:
    console = Console(stderr=True, highlight=False)
    command = error.ctx.command_path if error.ctx is not None else "ecluse"
    console.print(fault(error), style="bold red", soft_wrap=True, markup=False)
    console.print(f"Voir `{command} --help`.", soft_wrap=True, markup=False)


def _named(parameter: Any) -> str:
    return (
        f"l’option `{parameter.opts[0]}`"
        if parameter.param_type_name == "option"
        else f"`{parameter.display_name_raw}`"
    )


def _expected(parameter: Any, context: Any) -> str:
    """Return what a parameter takes, as its help says it."""
    taken = str(parameter.display_type(context)).strip("<>")
    taken = taken.replace("|", ", ")
    return {
        "file": "un fichier qui existe",
        "int": "un nombre entier",
        "int range": "un nombre entier, au moins 1",
        "%Y-%m-%d": "une date, AAAA-MM-JJ",
    }.get(taken, taken)


def _spoken(option: Any) -> Any:
    if option is not None:
        option.help = HELP
    return option


def _quoted(message: str) -> str:
    return message.removeprefix("No such command").strip(" .").replace("'", "`")
