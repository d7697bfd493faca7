"""Towns, postcodes and street lines."""

# ruff: noqa: PLR2004  # numbers here are shares: how often a form is drawn

import random

from filters.identifiers.training.values.grammar import Grammar, Outside
from filters.identifiers.training.values.lists import entries
from filters.identifiers.training.values.names import Names

_UNSEEN = 0.30
_ABROAD = 0.15
_VOWELS = frozenset("AEIOUYÀÂÉÈÊËÎÏÔŒÙÛ")
_CONTRACTED = {"Le ": "du ", "Les ": "des ", "La ": "de La ", "L'": "de L'"}
_DEPARTMENTS = (*range(1, 20), *range(21, 96))
_DISTRICTS = {"Paris": 20, "Marseille": 16, "Lyon": 9}
_WITH_DISTRICT = 0.4
_CEDEX = 0.015
_OVERSEAS = (971, 972, 973, 974, 976, 987, 988)


class Places:
    """Draws places in France, most of them, and around."""

    def __init__(self, rng: random.Random, names: Names) -> None:
        self._rng = rng
        self._towns = entries("villes")
        self._abroad = entries("villes_monde")
        self._communes = Grammar("villes", rng)
        self.outside: Outside = {
            "nom": names.surname,
            "prenom": names.first_name,
            "de_nom": lambda: self._of(names.surname()),
            "ville": self.town,
            "commune": self.commune,
            "de_ville": lambda: self._of(self.town()),
            "de_commune": lambda: self._of(self.commune()),
        }
        """What the grammars of addresses, hospitals and organisations take from here."""
        self._lines = Grammar("adresses", rng, self.outside)

    def town(self) -> str:
        """Return a town; three in ten do not exist."""
        drawn = self._rng.random()
        if drawn < _UNSEEN:
            return self.commune()
        if drawn < _UNSEEN + _ABROAD:
            return self._rng.choice(self._abroad)
        town = self._rng.choice(self._towns)
        drawn = self._rng.random()
        if drawn < _WITH_DISTRICT and town in _DISTRICTS:
            return f"{town} {self._rng.randint(1, _DISTRICTS[town])}{self._rng.choice(('', '', 'e', 'ème'))}"
        return (
            f"{town} Cedex{self._rng.choice(('', ' 1', ' 2', ' 3', ' 9'))}"
            if drawn > 1 - _CEDEX
            else self._abridged(town)
        )

    def commune(self) -> str:
        """Return a made-up commune."""
        return self._abridged(self._communes.write("commune"))

    def street_line(self) -> str:
        """Return what stands above the postcode in an address."""
        return self._lines.write("adresse")

    def postcode(self) -> str:
        """Return a postcode, sometimes with a space or a country letter, rarely of Belgium or Switzerland."""
        draw = self._rng.random
        if draw() < 0.06:
            return f"{self._rng.choice(_OVERSEAS)}{int(draw() * 100):02d}"
        if draw() < 0.02:
            return f"{self._rng.randint(1000, 9999)}"
        code = f"{self._rng.choice(_DEPARTMENTS):02d}{self._tail()}"
        if draw() < 0.05:
            return f"{code[:2]} {code[2:]}"
        return f"F-{code}" if draw() < 0.02 else code

    def _tail(self) -> str:
        number = self._rng.randint(0, 99) * 10 if self._rng.random() < 0.8 else self._rng.randint(0, 999)
        return f"{number:03d}"

    def _abridged(self, town: str) -> str:
        """Return the town as people also write it: St for Saint, spaces for hyphens, s/ for sur."""
        drawn = self._rng.random()
        if drawn < 0.08:
            return town.replace("Sainte-", "Ste-").replace("Saint-", "St-")
        if drawn < 0.16:
            return town.replace("Sainte-", "Ste ").replace("Saint-", "St ").replace("-", " ")
        return town.replace("-sur-", " s/ ") if drawn < 0.18 else town

    def _of(self, name: str) -> str:
        if self._rng.random() < 0.08:
            return f"de {name}"
        for article, short in _CONTRACTED.items():
            if name.startswith(article):
                return short + name[len(article) :]
        if name[0] in _VOWELS or (name[0] == "H" and self._rng.random() < 0.5):
            return f"d'{name}"
        return f"de {name}"
