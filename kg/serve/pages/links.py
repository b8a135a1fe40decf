"""Addresses inside the site: always relative, so that it works below any path, and as files that no server runs."""

from __future__ import annotations

import hashlib
from urllib.parse import quote, unquote, urlencode, urlsplit

FOLDERS = (
    *("person", "party", "organisation", "place", "source", "document", "meeting", "occasion", "statement"),
    *("tenure", "office", "role", "form", "medium"),
)
"""The folders below the base whose nodes have a page."""
PART = 12_000
"""Characters of a document on one page."""


_LONGEST = 110
"""Bytes of a part of a file's name at most; two parts and an ending make up a name."""


class Links:
    """Writes links for one page. `here` is its address below the site's root, without a slash before it."""

    static = False

    def __init__(self, here: str) -> None:
        self.root = "../" * here.count("/") or "./"

    def to(self, path: str, **given: object) -> str:
        """The address of a page or of a table: a node's path ("person/jane-doe") or another part of the site."""
        node = path.partition("/")[0] in FOLDERS and "/" in path
        asked = urlencode({key.rstrip("_"): value for key, value in given.items() if value is not None})
        return f"{self.root}{'page/' * node}{path}{'?' * bool(asked)}{asked}"

    def passage(self, document: str, start: int, end: int) -> str:
        """The address of a stretch of a document's text: its IRI's fragment is an anchor of the page."""
        part = start // PART
        return f"{self.to(document, part=part + 1 if part else None)}#char={start},{end}"

    def file(self, name: str) -> str:
        """The address of a style sheet or script of ours."""
        return f"{self.root}static/{name}"

    def lasting(self, path: str) -> str | None:
        """A node's short address, the same as its IRI below the base, None where no server answers there."""
        return self.root + path

    def data(self, path: str) -> str | None:
        """The address of a node's triples, None where the site has none."""
        return f"{self.root}data/{path}"


class FileLinks(Links):
    """Links between files; each page that is linked to is noted in `wanted`, with what it is asked."""

    static = True

    def __init__(self, here: str, wanted: dict[str, tuple[str, dict[str, str]]]) -> None:
        super().__init__(here)
        self._wanted = wanted

    def to(self, path: str, **given: object) -> str:
        """The address of a file."""
        asked = {key.rstrip("_"): str(value) for key, value in given.items() if value is not None}
        name = file_name(path, asked)
        self._wanted.setdefault(name, (path, asked))
        return self.root + quote(name, safe="/")

    def lasting(self, path: str) -> str | None:
        """None: the file's own address lasts."""
        return None

    def data(self, path: str) -> str | None:
        """None: the whole graph is one file."""
        return None


def file_name(path: str, asked: dict[str, str]) -> str:
    """The name of the file in which a page or table is kept."""
    extra = "".join(f".{key}-{value}" for key, value in sorted(asked.items()) if key not in ("table", "format"))
    table = f".{asked['table']}" if "table" in asked else ""
    parts = [_part(part) for part in (unquote(path) or "index").split("/")]
    end = f"{extra}{table}"
    parts[-1] += _part(end) if end else ""
    return f"{'/'.join(parts)}.{asked.get('format', 'html')}"


def _part(text: str) -> str:
    """A part of a file's name that file systems can hold, and that leads nowhere else."""
    plain = "".join("_" if each < " " or each in "\\\x7f" else each for each in text)
    if len(plain.encode()) > _LONGEST:
        digest = hashlib.sha256(text.encode()).hexdigest()[:12]
        plain = plain.encode()[: _LONGEST - 13].decode("utf-8", "ignore") + "-" + digest
    return plain if plain.strip(".") else "_"


def outside(address: str) -> str | None:
    """An address elsewhere that may be linked to; None for any but http and https."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc else None
