"""What the parts of a configuration must agree on; each rule notes a fault that says what to do."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from config.reading import Reading
from config.routes import EEA, RouteSettings
from config.settings import Settings

DRIVERS = ("sqlite+aiosqlite", "postgresql+psycopg")
"""The only database driver that comes with this version."""


def check(reading: Reading[Settings], environ: Mapping[str, str], today: dt.date) -> None:
    """Add the faults of every rule; elements whose form is already at fault are passed over."""
    routes = list(reading.entries("routes", RouteSettings))
    if reading.data.get("routes") == []:
        reading.add(("routes",), "Aucune route n’est déclarée : ajoutez-en une, par exemple la route `demo`.")
    _unique(reading, routes)
    for index, route in routes:
        _key(reading, index, route, environ)
        _expiry(reading, index, route, today)
        if route.tier == "D2":
            _identified(reading, index, route, today)
        _fallbacks(reading, index, route, {other.id: other for _, other in routes})
    for section in ("journal", "identity"):
        _database(reading, section)
    _shared(reading)


def _unique(reading: Reading[Settings], routes: list[tuple[int, RouteSettings]]) -> None:
    seen: set[str] = set()
    for index, route in routes:
        if route.id in seen:
            reading.add(("routes", index, "id"), f"Deux routes s’appellent « {route.id} » : renommez celle-ci.")
        seen.add(route.id)


def _key(reading: Reading[Settings], index: int, route: RouteSettings, environ: Mapping[str, str]) -> None:
    if route.key_env and not environ.get(route.key_env):
        reading.add(
            ("routes", index, "key_env"),
            f"La route « {route.id} » prend sa clé dans la variable d’environnement `{route.key_env}`, qui est absente "
            "ou vide : définissez-la avant de démarrer la passerelle.",
        )
    if route.key_file and not _filled(route.key_file):
        reading.add(
            ("routes", index, "key_file"),
            f"La route « {route.id} » prend sa clé dans un fichier qui est absent, vide ou illisible : créez-le "
            "avec la clé seule, lisible par la passerelle uniquement.",
        )


def _expiry(reading: Reading[Settings], index: int, route: RouteSettings, today: dt.date) -> None:
    if route.expires and route.expires < today:
        reading.add(
            ("routes", index, "expires"),
            f"La route « {route.id} » n’est plus utilisable depuis le {route.expires:%d/%m/%Y} : retirez-la ou "
            "repoussez sa date de fin après une nouvelle validation.",
        )


def _identified(reading: Reading[Settings], index: int, route: RouteSettings, today: dt.date) -> None:
    if route.hds is None:
        reading.add(
            ("routes", index, "tier"),
            f"La route « {route.id} » ne peut pas être de palier D2 sans certificat HDS : ajoutez `hds` avec "
            "`certificate` et `expires`, ou écrivez `tier: D1`.",
        )
    elif route.hds.expires < today:
        reading.add(
            ("routes", index, "hds", "expires"),
            f"Le certificat HDS de la route « {route.id} » a expiré le {route.hds.expires:%d/%m/%Y} : renseignez le "
            "nouveau certificat, ou écrivez `tier: D1`.",
        )
    if route.country not in EEA:
        reading.add(
            ("routes", index, "country"),
            f"La route « {route.id} » est de palier D2 mais héberge les données hors de l’Espace économique européen "
            f"({route.country}) : choisissez un hébergement dans l’EEE, ou écrivez `tier: D1`.",
        )


def _fallbacks(
    reading: Reading[Settings], index: int, route: RouteSettings, routes: Mapping[str, RouteSettings]
) -> None:
    for rank, id_ in enumerate(route.fallbacks):
        place = ("routes", index, "fallbacks", rank)
        if id_ == route.id:
            reading.add(place, f"La route « {id_} » ne peut pas être son propre secours : retirez-la de la liste.")
        elif id_ not in _written_ids(reading):
            reading.add(
                place,
                f"La route de secours « {id_} » de la route « {route.id} » n’existe pas : déclarez-la sous `routes`, "
                "ou retirez-la de la liste.",
            )
        elif id_ in routes and routes[id_].tier != route.tier:
            reading.add(
                place,
                f"La route de secours « {id_} » est de palier {routes[id_].tier} alors que la route « {route.id} » est "
                f"de palier {route.tier} : un secours doit être du même palier.",
            )


def _written_ids(reading: Reading[Settings]) -> set[object]:
    return {element.get("id") for element in reading.data["routes"] if isinstance(element, dict)}


def _database(reading: Reading[Settings], section: str) -> None:
    values = reading.data.get(section)
    url = values.get("database_url") if isinstance(values, dict) else None
    if not isinstance(url, str):
        return
    place = (section, "database_url")
    scheme = url.partition("://")[0]
    if scheme not in DRIVERS:
        reading.add(
            place,
            "Écluse enregistre dans SQLite ou dans PostgreSQL : l’adresse doit commencer par "
            f"`{DRIVERS[0]}://` ou `{DRIVERS[1]}://` (ou être omise).",
        )
    if place not in reading.positions.elsewhere and _has_password(url):
        reading.add(
            place,
            "Un mot de passe ne s’écrit jamais dans ce fichier : donnez cette adresse par la variable d’environnement "
            f"`ECLUSE_{section.upper()}__DATABASE_URL`.",
        )


def _shared(reading: Reading[Settings]) -> None:
    values = reading.data.get("shared")
    if not isinstance(values, dict):
        return
    place, url = ("shared", "redis_url"), values.get("redis_url")
    if isinstance(url, str) and place not in reading.positions.elsewhere and _has_password(url):
        reading.add(
            place,
            "Un mot de passe ne s’écrit jamais dans ce fichier : nommez-en un autre par `password_file`, ou donnez "
            "cette adresse par la variable d’environnement `ECLUSE_SHARED__REDIS_URL`.",
        )
    if reading.value is None:
        return
    shared = reading.value.shared
    for key in ("password_file", "sentinel_password_file", "ca_file"):
        file = getattr(shared, key)
        if file is not None and not _filled(file):
            reading.add(
                ("shared", key), f"Le fichier que nomme `{key}` est absent, vide ou illisible : créez-le ou corrigez."
            )


def _filled(file: Path) -> bool:
    try:
        return bool(file.read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError):
        return False


def _has_password(url: str) -> bool:
    try:
        return urlsplit(url).password is not None
    except ValueError:
        return True
