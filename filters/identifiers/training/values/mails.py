"""Mail addresses and login names, built on a person's name as real ones are."""

# ruff: noqa: PLR2004  # numbers here are shares: how often a form is drawn

import random

from filters.identifiers.training.values.names import letters
from filters.identifiers.training.values.places import Places

_HOSTS = (
    "gmail.com", "gmail.com", "gmail.com", "orange.fr", "orange.fr", "wanadoo.fr", "free.fr", "hotmail.fr",
    "hotmail.com", "yahoo.fr", "yahoo.com", "laposte.net", "sfr.fr", "outlook.fr", "outlook.com", "live.fr", "neuf.fr",
    "icloud.com", "bbox.fr", "numericable.fr", "proton.me", "aol.com", "club-internet.fr", "msn.com", "gmx.fr",
    "aphp.fr", "chu-lyon.fr", "ap-hm.fr", "medecin.mssante.fr", "ght.mssante.fr", "apicrypt.org", "pharma.mssante.fr",
)  # fmt: skip
_KINDS = (
    "ch",
    "ch",
    "ch",
    "chu",
    "chu",
    "chi",
    "chr",
    "clinique",
    "hopital",
    "ehpad",
    "mairie",
    "ccas",
    "labo",
    "cabinet",
)
_ENDS = ("fr", "fr", "fr", "fr", "com", "org", "net", "re", "nc", "eu")


def address(rng: random.Random, first_name: str, surname: str, places: Places) -> str:
    """Return a mail address of somebody of that name, at a private or hospital domain."""
    local = _local(rng, first_name, surname)
    sign = "@"
    drawn = rng.random()
    if drawn < 0.05:
        sign = rng.choice((" @ ", "@ ", " @", "(at)", " (a) ", " arobase ", "[at]"))
    return f"{local}{sign}{_host(rng, places)}"


def login(rng: random.Random, first_name: str, surname: str) -> str:
    """Return the name under which somebody signs in: jlefevre, lefevrej, j.lefevre2."""
    given, family = _plain(first_name), _plain(surname)
    initial = given[:1]
    form = rng.choice((
        initial + family, initial + family, initial + family, family + initial, f"{initial}.{family}",
        f"{given}.{family}", f"{family}.{given}", family[:6] + initial, f"{family[:5]}{given[:2]}",
        f"{initial}_{family}", f"{given}{family[:1]}", f"{family}{rng.randint(1, 99)}", initial + family[:7],
        f"{initial}{family}{rng.randint(1, 9)}", f"{given}-{family}", f"ext-{initial}{family}",
    ))  # fmt: skip
    drawn = rng.random()
    return form.upper() if drawn < 0.12 else form.capitalize() if drawn < 0.16 else form


def _local(rng: random.Random, first_name: str, surname: str) -> str:
    given = letters(first_name).replace(" ", "-")
    family = letters(surname).replace(" ", rng.choice(("", "-", "")))
    initial = given[:1]
    number = rng.choice((str(rng.randint(1, 99)), f"{rng.randint(0, 99):02d}", str(rng.randint(1940, 2010))))
    local: str = rng.choice((
        f"{given}.{family}", f"{given}.{family}", f"{given}.{family}", f"{initial}.{family}", f"{initial}{family}",
        f"{family}.{given}", f"{given}{family}", f"{given}_{family}", f"{given}-{family}", f"{family}{number}",
        f"{given}.{family}{number}", f"{given}{number}", f"{family}{initial}", f"{initial}-{family}", f"dr.{family}",
        f"{initial}{family}{number}", f"famille.{family}", f"secretariat.{family}", f"cabinet.{family}",
        f"{family}.{initial}",
    ))  # fmt: skip
    return local.upper() if rng.random() < 0.02 else local


def _host(rng: random.Random, places: Places) -> str:
    if rng.random() < 0.6:
        return rng.choice(_HOSTS)
    town = _plain(places.town(), "-").strip("-")
    join = rng.choice(("-", "-", "-", "", "."))
    return f"{rng.choice(_KINDS)}{join}{town}.{rng.choice(_ENDS)}"


def _plain(name: str, join: str = "") -> str:
    return letters(name.replace("'", " ").replace("/", " ")).replace("-", " ").strip().replace(" ", join) or "x"
