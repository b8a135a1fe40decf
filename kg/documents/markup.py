"""The words of a piece of HTML that is no page: a feed's entry."""

from __future__ import annotations

import re

_BREAKS = frozenset(
    ("p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "table", "section",
     "article", "figure", "figcaption", "pre", "hr", "header", "footer", "dd", "dt")
)  # fmt: skip
_UNSEEN = frozenset(("script", "style", "template", "noscript", "head", "title"))
_MARKUP = re.compile(r"<[A-Za-z!/]|&#?\w+;")


def words(piece: str) -> str:
    """The text with a blank line between blocks; text without markup as it stands."""
    if not _MARKUP.search(piece):
        return piece.strip()
    from lxml import etree, html

    try:
        root = html.fragment_fromstring(piece, create_parent="div")
    except (etree.ParserError, ValueError):
        return ""
    parts: list[str] = []
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        name = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            parts.append("\n" if name in _BREAKS else "")
            unseen = name in _UNSEEN
            parts.append("" if unseen or not node.text else " ".join(node.text.splitlines()))
        else:
            parts.append("\n" if name in _BREAKS and event == "end" else "")
            parent = node.getparent()
            if node.tail and node is not root and (parent is None or parent.tag not in _UNSEEN):
                parts.append(" ".join(node.tail.splitlines()))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n\n".join(line for line in lines if line)
