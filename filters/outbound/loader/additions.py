"""What a policy adds to the catalogue: services of the hospital's own, feeds, files of users."""

from collections.abc import Iterator

from config.positions import Location
from config.reading import Reading
from filters.outbound.catalogue import Catalogue, Entry
from filters.outbound.errors import BadNameError, FeedUnreadableError
from filters.outbound.feeds import read_feed
from filters.outbound.guards import Guards, load_guards
from filters.outbound.names import canonical
from filters.outbound.policy import Feed, Group, Policy, guards_of, users_of


def check(reading: Reading[Policy], catalogue: Catalogue) -> None:
    """Add the faults of each list; of a feed's lines none, since what cannot be taken of them is left out."""
    guards = guards_of(reading.value) if reading.value is not None else load_guards()
    owners = {domain: service.id for service in catalogue.services.values() for domain in service.domains}
    for index, entry in reading.entries("own_services", Entry):
        for place, message in (*entry.objections(catalogue.risks, guards), *_claimed(entry, owners)):
            reading.add(("own_services", index, *place), message)
    for index, feed in reading.entries("feeds", Feed):
        if message := _unusable(feed, guards):
            reading.add(("feeds", index, "file"), message)
    if reading.value is not None:
        for name, group in reading.value.groups.items():
            _group(reading, name, group)


def _claimed(entry: Entry, owners: dict[str, str]) -> Iterator[tuple[Location, str]]:
    for rank, domain in enumerate(entry.domains):
        try:
            name = canonical(domain)
        except BadNameError:
            continue
        if name in owners:
            message = f"« {name} » est déjà un nom de « {owners[name]} » : gardez-le à un seul endroit."
            yield ("domains", rank), message
        owners.setdefault(name, entry.id)


def _unusable(feed: Feed, guards: Guards) -> str:
    try:
        read = read_feed(feed.file, form=feed.format, name=feed.name, licence=feed.licence, guards=guards)
    except FeedUnreadableError as error:
        return str(error)
    return "" if read.domains else f"La liste « {feed.id} » ne donne aucun nom : vérifiez le fichier et `format`."


def _group(reading: Reading[Policy], name: str, group: Group) -> None:
    if group.users_file:
        try:
            found = any(users_of(group.users_file))
        except (OSError, UnicodeDecodeError):
            found = False
        if not found:
            reading.add(
                ("groups", name, "users_file"),
                f"Le fichier des comptes du groupe « {name} » est absent, vide ou illisible : écrivez-y un compte par "
                "ligne, en UTF-8.",
            )
    elif not group.subnets:
        reading.add(("groups", name), f"Le groupe « {name} » est vide : donnez-lui `subnets` ou `users_file`.")
