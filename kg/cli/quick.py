"""`kg query NAME --name value …` answered without the command-line library, which takes longer to load than to answer.

Whatever is not plainly of this kind, such as help, an endpoint or a mistake to complain about, is left to it.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.cli.places import store_at
from kg.tables import FORMATS

_OTHERS = ("help", "endpoint", "user", "deadline", "")


def query(arguments: Sequence[str]) -> bool:
    """Print the answer of a stored query; False, and nothing done, where the arguments ask for more than that."""
    if len(arguments) < 2 or arguments[0] != "query" or arguments[1].startswith("-"):
        return False
    given = _pairs(arguments[2:])
    if given is None or any(name in given for name in _OTHERS):
        return False
    form, store = given.pop("format", "table"), given.pop("store", None)
    if form != "table" and form not in FORMATS:
        return False
    from kg import queries
    from kg.cli import output
    from kg.store import Store

    found = queries.named(arguments[1])
    with Store.open(store_at(store), read_only=True) as opened:
        output.show(queries.answer(found, given, opened), form)
    return True


def _pairs(arguments: Sequence[str]) -> dict[str, str] | None:
    """`--name value` and `--name=value` as a mapping; None where the arguments are not all of these."""
    given: dict[str, str] = {}
    rest = iter(arguments)
    for argument in rest:
        name, equals, value = argument.removeprefix("--").partition("=")
        found = value if equals else next(rest, "-")
        if not argument.startswith("--") or name in given or (found.startswith("-") and not equals):
            return None
        given[name] = found
    return given
