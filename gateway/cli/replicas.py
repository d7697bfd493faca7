"""What `ecluse systems` says of the gateways that serve together: which charter and which policy each has in force."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from config.settings import Settings
from gateway.cli.stores import run
from gateway.redis import Redis, RedisUnavailableError
from gateway.replicas.announcement import Announcement, InForce
from gateway.replicas.redis import Announcements

UNKNOWN = "Redis ne répond pas : ce que les passerelles ont en vigueur n’est pas connu."
NOBODY = "Aucune passerelle ne s’est annoncée sur ce Redis depuis une demi-minute."
CHARTERS = (
    "Les passerelles n’appliquent pas toutes la même charte : donnez à toutes le même fichier. La ligne `charter` du "
    "journal technique de celle qui est en retard dit ce qui l’y tient."
)
POLICIES = (
    "Les passerelles n’ont pas toutes la même politique de sortie : refaites `ecluse outbound apply` sur celle qui est "
    "en retard."
)


def show(settings: Settings) -> None:
    """Print what each gateway announces; nothing without Redis. Fails open: where it is away, that is said."""
    if not settings.shared.configured:
        return
    found = run(_read(settings))
    console = Console(width=None if Console().is_terminal else 200, highlight=False)
    if not found:
        console.print(UNKNOWN if found is None else NOBODY)
        return
    table = Table("passerelle", "processus", "charte", "politique de sortie")
    for told, processes in sorted(Counter(found).items(), key=lambda each: each[0].gateway):
        # As text: what Redis holds is no markup.
        cells = (told.gateway, str(processes), _words(told.charter), _words(told.policy))
        table.add_row(*map(Text, cells))
    console.print(table)
    if len({one.charter.digest for one in found}) > 1:
        console.print(CHARTERS, style="bold red")
    if len({one.policy.digest if one.policy else None for one in found}) > 1:
        console.print(POLICIES, style="bold red")


async def _read(settings: Settings) -> Sequence[Announcement] | None:
    redis = Redis(settings.shared)
    try:
        return await Announcements(redis).read()
    except RedisUnavailableError:
        return None
    finally:
        await redis.close()


def _words(one: InForce | None) -> str:
    return f"{one.version} ({one.digest})" if one else "aucune"
