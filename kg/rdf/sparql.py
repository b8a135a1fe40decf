"""What can be told of a SPARQL text without running it: has it a dataset clause, and does it call other servers."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"""
      (?P<comment> \#[^\n\r]*+ )
    | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*+> )
    | (?P<string> \"{3} (?: [^"\\] | \\. | \"{1,2}(?!\") )*+ \"{3}
                | '{3} (?: [^'\\] | \\. | '{1,2}(?!') )*+ '{3}
                | " (?: [^"\\\n\r] | \\. )*+ "
                | ' (?: [^'\\\n\r] | \\. )*+ ' )
    | (?P<name> [?$@]\w++ | [\w.-]{0,100}+ : (?: [\w.:-] | %[0-9A-Fa-f]{2} | \\. )*+ )
    | (?P<word> [A-Za-z]\w*+ )
    | (?P<other> \S )
    """,
    re.X | re.S,
)

_SKIPPED = r"(?: [ \t\r\n] | \#[^\r\n]*+ )*+"
_CALL = re.compile(
    rf"""
    service {_SKIPPED} (?: silent {_SKIPPED} )?+
    (?: < (?P<iri> [^<>"{{}}|^`\\\x00-\x20]*+ ) > | (?P<other> < | [?$]\w*+ | [^ \t\r\n:]*+ : [^ \t\r\n{{]*+ ) )
    """,
    re.X | re.I,
)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """Kind and text of each token; comments are left out."""
    for found in _TOKEN.finditer(text):
        kind = str(found.lastgroup)
        if kind != "comment":
            yield kind, found[0]


def has_dataset(text: str) -> bool:
    """Whether a query says itself over which graphs it runs (FROM, FROM NAMED)."""
    return any(kind == "word" and token.upper() == "FROM" for kind, token in _tokens(text))


def services(text: str) -> list[str]:
    """What each SERVICE of a query calls: an IRI without brackets, or the variable or prefixed name as written.

    Where `<` begins an IRI and where it compares, and so what stands in quotes, only a parser of all SPARQL knows.
    So what looks like a call counts as one in quotes and comments too: none is ever missed.
    """
    return [found["iri"] or found["other"] for found in _CALL.finditer(text)]


def form_of(text: str) -> str | None:
    """SELECT, ASK, CONSTRUCT or DESCRIBE, whichever begins the query; None where the text is none of them."""
    for kind, token in _tokens(text):
        if kind == "word" and token.upper() in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"):
            return token.upper()
        if not (kind in ("iri", "name") or (kind == "word" and token.upper() in ("PREFIX", "BASE"))):
            return None
    return None
