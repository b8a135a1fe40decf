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
    """What each SERVICE of a query calls: an IRI without brackets, or the variable or prefixed name as written."""
    found: list[str] = []
    wanted = False
    for kind, token in _tokens(text):
        if wanted and not (kind == "word" and token.upper() == "SILENT"):
            found.append(token[1:-1] if kind == "iri" else token)
            wanted = False
        elif kind == "word" and token.upper() == "SERVICE":
            wanted = True
    return found


def form_of(text: str) -> str | None:
    """SELECT, ASK, CONSTRUCT or DESCRIBE, whichever begins the query; None where the text is none of them."""
    for kind, token in _tokens(text):
        if kind == "word" and token.upper() in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"):
            return token.upper()
        if not (kind in ("iri", "name") or (kind == "word" and token.upper() in ("PREFIX", "BASE"))):
            return None
    return None
