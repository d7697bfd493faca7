"""What several texts say together: the worst of each decides on practices, the last asked on the use."""

from collections.abc import Iterable, Sequence

from policies.facts import Recognised, Recognition


def whole(found: Sequence[Recognition], asked: Sequence[Recognition]) -> Recognition:
    """Return one recognition for a request; `asked` are those of the texts that say what the person wants now."""
    forbidden = _worst(each for one in found for each in one.forbidden)
    certain = {each.practice for each in forbidden}
    doubtful = _worst(each for one in found for each in one.doubtful if each.practice not in certain)
    uses = asked[-1].uses if asked else found[-1].uses if found else ()
    return Recognition(forbidden, doubtful, uses, emergency=any(one.emergency for one in found))


def _worst(found: Iterable[Recognised]) -> tuple[Recognised, ...]:
    worst: dict[str, Recognised] = {}
    for each in found:
        known = worst.get(each.practice)
        if known is None or each.certainty > known.certainty:
            worst[each.practice] = each
    return tuple(sorted(worst.values(), key=lambda each: -each.certainty))
