"""What `ecluse check` says of the databases: whether they answer, and what the next start will change in them."""

import asyncio

from config.errors import Fault
from config.settings import Settings
from gateway.database import UNAVAILABLE, Database, DatabaseAheadError

AHEAD = (
    "la base de données a été mise à jour par une version plus récente d’Écluse : installez cette version, ou "
    "restaurez la sauvegarde qui précède la mise à jour"
)
ABSENT = (
    "La base de données ne peut pas être ouverte : vérifiez l’adresse, les droits du dossier, ou le compte et le "
    "certificat."
)


def standing(settings: Settings) -> tuple[list[Fault], list[str]]:
    """Return the faults of the databases, and a sentence for each that has none; nothing is made or changed."""
    addresses = {settings.identity_database_url: "identity", settings.database_url: "journal"}
    faults, sentences = list[Fault](), list[str]()
    for url, section in sorted(addresses.items(), key=lambda each: each[1], reverse=True):
        place = f"{section}.database_url"
        try:
            pending = asyncio.run(_pending(url))
        except DatabaseAheadError as error:
            faults.append(Fault(place, 1, 1, f"{AHEAD[0].upper()}{AHEAD[1:]} (révision {error.revision})."))
        except UNAVAILABLE:
            faults.append(Fault(place, 1, 1, ABSENT))
        else:
            sentences.append(f"Base de données ({place}) : {_told(pending)}.")
    return faults, sentences


async def _pending(url: str) -> tuple[str, ...]:
    database = Database(url)
    try:
        return await database.pending()
    finally:
        await database.close()


def _told(pending: tuple[str, ...]) -> str:
    return f"sera mise à jour au prochain démarrage ({', '.join(pending)})" if pending else "à jour"
