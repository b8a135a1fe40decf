"""Word's documents (.docx): the text of the body in its order (python-docx)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from kg.documents.library import needed
from kg.documents.page import LIMIT, Page
from kg.errors import DocumentError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LARGEST = 10 * LIMIT
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read(data: bytes) -> Page:
    """Paragraphs with a blank line between, of a table a row a line with tabs; what was deleted in review is gone.

    Footnotes, comments, heads and feet are left out. The date in the file is that of writing, not of publication,
    and is left alone. Raises DocumentError where the bytes are no such document.
    """
    docx = needed("docx", "docx")
    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _LARGEST:
                raise DocumentError(f"unpacked larger than {_LARGEST // 1_000_000} MB; split it")
        body = docx.Document(BytesIO(data)).element.body
    except DocumentError:
        raise
    except Exception as error:  # python-docx fails on a broken file with whatever its parts raise
        raise DocumentError(f"no readable .docx ({type(error).__name__}: {' '.join(str(error).split())})") from error
    return Page("\n\n".join(filter(None, (block.strip() for block in _blocks(body)))))


def _blocks(parent: Any) -> Iterator[str]:
    """The text of each paragraph and table, also of those that a frame, a form or a text box holds."""
    for node in parent:
        if node.tag == f"{_W}p":
            boxes: list[Any] = []
            yield "".join(_runs(node, boxes))
            for box in boxes:
                yield from _blocks(box)
        elif node.tag == f"{_W}tbl":
            yield "\n".join("\t".join(" ".join(_blocks(cell)) for cell in row.iter(f"{_W}tc"))
                            for row in node.iter(f"{_W}tr"))  # fmt: skip
        elif isinstance(node.tag, str) and node.tag != _FALLBACK:
            yield from _blocks(node)


def _runs(node: Any, boxes: list[Any]) -> Iterator[str]:
    """The words of a paragraph; the text boxes in it are noted in `boxes`."""
    for child in node:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == f"{_W}txbxContent":
            boxes.append(child)
        elif isinstance(child.tag, str) and child.tag != _FALLBACK:
            yield from _runs(child, boxes)
