"""`kg plot`: pictures of the graph as SVG or PNG, and the tables behind them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import output
from kg.cli.options import StoreOption, store_at
from kg.errors import UsageError

TABLES = ("csv", "tsv", "json")


def plot(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="network, timeline, months or offices.")],
    out: Annotated[
        str,
        typer.Option("-o", "--output", metavar="FILE", help="The file: .svg or .png; .csv, .tsv, .json: its table."),
    ],
    person: Annotated[str | None, typer.Option("--person", metavar="NAME", help="network, offices: who.")] = None,
    about: Annotated[str | None, typer.Option("--about", metavar="NAME", help="timeline, months: whose.")] = None,
    of: Annotated[str | None, typer.Option("--of", metavar="NAME", help="offices: the body or place.")] = None,
    office: Annotated[str | None, typer.Option("--office", metavar="NAME", help="offices: one office alone.")] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="DATE", help="The first day, month or year.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DATE", help="The last day, month or year.")] = None,
    dark: Annotated[bool, typer.Option("--dark", help="Light on dark.")] = False,
    store: StoreOption = None,
) -> None:
    """Draw who met whom, a timeline, meetings per month or offices over time."""
    from kg import plots
    from kg.store import Store
    from kg.tables import write

    named = {"person": person, "about": about, "of": of, "office": office, "from": since, "to": until}
    given = {name: text for name, text in named.items() if text is not None}
    allowed = [parameter.name for parameter in plots.parameters(kind)]
    for name in given:
        if name not in allowed:
            listed = ", ".join(f"--{each}" for each in allowed)
            raise UsageError(f"plot {kind}: --{name} is not for this picture; it takes {listed}")
    form = Path(out).suffix.removeprefix(".").lower()
    if form not in (*plots.FORMATS, *TABLES):
        raise UsageError(f"plot: {out}: the file's name must end in .{', .'.join((*plots.FORMATS, *TABLES))}")
    with Store.open(store_at(store), read_only=True) as opened:
        table = plots.found(kind, given, opened)
    if form in TABLES:
        output.save(lambda file: file.write(write(table, form).encode()), out)
        return
    made = plots.picture(kind, table, "dark" if dark else "light")
    drawn = plots.FORMATS[form][1](made)
    output.save(lambda file: file.write(drawn), out)
    if made.note:
        output.note(made.note)
