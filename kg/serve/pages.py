"""Pages for people. `entity` and `start` are all that the rest of the server knows of them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from kg.explain import Explanation, Sentence

_FRAME = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body>
<h1>{title}</h1>
{body}
</body>
</html>
"""


def entity(told: Explanation, base: str) -> str:
    """The page of a node; `base` is where the instances' IRIs begin."""
    address = escape(f"/data/{told.iri.removeprefix(base)}" if told.iri.startswith(base) else "/")
    parts = [
        f'<p><code>{escape(told.iri)}</code> · <a href="{address}?format=turtle">data</a></p>',
        "<dl>",
        *(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in told.properties),
        "</dl>",
    ]
    for fact in told.facts:
        parts += [f"<h2>{escape(fact.kind)}: {escape(fact.label)}</h2>", *_quoted(fact.sentences)]
    return _FRAME.format(title=escape(told.label), body="\n".join(parts))


def _quoted(sentences: Iterable[Sentence]) -> Iterable[str]:
    for sentence in sentences:
        words = "".join(
            f"<mark>{escape(piece)}</mark>" if marked else escape(piece) for piece, marked in sentence.pieces()
        )
        yield f"<blockquote>{words}<footer>{escape(sentence.document)}</footer></blockquote>"


def start(names: Iterable[tuple[str, str]]) -> str:
    """The first page: the stored queries, each with its summary, and where SPARQL is spoken."""
    listed = "".join(
        f'<li><a href="/api/queries/{escape(name)}">{escape(name)}</a>: {escape(summary)}</li>'
        for name, summary in names
    )
    body = f'<p><a href="/sparql">SPARQL</a> · <a href="/api/openapi.json">API</a></p>\n<ul>{listed}</ul>'
    return _FRAME.format(title="kg", body=body)
