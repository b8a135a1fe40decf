"""Commands on the vocabulary and its logic: `kg check`, `kg reason`, `kg ontology`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import output
from kg.cli.options import StoreOption, store_at, to_write
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.check import Finding, Report

FORMATS = ("text", "json")
_LONGEST = 200


def check(
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="A graph as a file; without it the store is checked.")
    ] = None,
    store: StoreOption = None,
    form: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text or json")] = "text",
    skip: Annotated[
        list[str] | None,
        typer.Option("--skip", metavar="CHECK", help="Leave out shape, term, evidence, identity or logic; repeatable."),
    ] = None,
) -> None:
    """Check a graph: its shapes (SHACL), terms, evidence, identities and logic (OWL). Exit code 1 for findings."""
    if form not in FORMATS:
        raise UsageError(f"format {form!r}: unknown; allowed are {', '.join(FORMATS)}")
    if file and store:
        raise UsageError("check: a FILE and --store are both given; leave one")
    from kg.check import check as run
    from kg.store import Store

    if file:
        report = run(Path(file), skip or ())
    else:
        with Store.open(store_at(store), read_only=True) as opened:
            report = run(opened, skip or ())
    if form == "json":
        found = [each.as_json() for each in report.findings]
        whole = {"triples": report.triples, "ran": report.ran, "left_out": report.left_out, "findings": found}
        output.emit(json.dumps(whole, ensure_ascii=False, indent=1) + "\n")
    else:
        _tell(report)
    raise typer.Exit(1 if report.findings else 0)


def _tell(report: Report) -> None:
    for found in report.findings:
        for line in _lines(found):
            typer.echo(output.safe(line))
    for reason in report.left_out:
        output.note(f"not checked: {reason}")
    number = len(report.findings)
    typer.echo(f"{number:,} finding{'s' * (number != 1)}; checked: {', '.join(report.ran)}")


def _lines(found: Finding) -> list[str]:
    name = f"{found.label}  " if found.label else ""
    at = ": ".join(filter(None, (found.path, _short(found.value))))
    lines = [f"{found.kind}: {name}<{found.node}>", f"    {found.message}"]
    if at:
        lines.append(f"    at {at}")
    return lines + [f"    “{_short(words)}”" for words in found.evidence]


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def reason(
    store: StoreOption = None,
    remove: Annotated[bool, typer.Option("--remove", help="Remove what was inferred.")] = False,
) -> None:
    """Infer classes, inverses and symmetry by the ontology, into a graph of its own; exports leave it out."""
    from kg.reason import forget, infer

    with to_write(store, None) as opened:
        if remove:
            typer.echo("removed what was inferred" if forget(opened) else "nothing was inferred here")
        else:
            number = infer(opened)
            typer.echo(
                f"inferred {number:,} statements; kg export --inferred writes them, kg reason --remove removes them"
            )


def ontology(
    out: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="The page; - is standard output.")] = "-",
) -> None:
    """Write the vocabulary as a page for people: every class and property with its definition."""
    from kg.export.vocabulary import page

    output.check_writable(out)
    made = page().encode()
    output.save(lambda to: to.write(made), out)
