"""Commands by which people decide: `kg identities`, `kg reject`, `kg correct`, `kg remove`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import output
from kg.cli.options import JudgementsOption, StoreOption, checked, store_at, to_write
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.decide import Done, Doubtful
    from kg.judgements import Judgement
    from kg.model import Problem
    from kg.tables import Table

FORMATS = ("table", "csv", "tsv", "json")
_LISTED = 20
_WORDS = 60
ByOption = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who decides [default: the name you are logged in with]")
]
NoteOption = Annotated[str, typer.Option("--note", metavar="TEXT", help="Why; it is shown beside the decision.")]
Given = Annotated[
    list[str],
    typer.Argument(metavar="ROW...|A B", help="Keys of rows, or two names or IRIs; NAME@DOCUMENT where one is many."),
]
identities_app = typer.Typer(add_completion=False, rich_markup_mode=None)


@identities_app.callback(invoke_without_command=True)
def identities(
    context: typer.Context,
    form: Annotated[str, typer.Option("--format", metavar="FORMAT", help="table, csv, tsv or json")] = "table",
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many pairs to list.")] = _LISTED,
    decided: Annotated[bool, typer.Option("--decided", help="List what people decided instead.")] = False,
    store: StoreOption = None,
    judgements: JudgementsOption = None,
) -> None:
    """List pairs that the rules brought together, or left apart, only just; people decide them."""
    if context.invoked_subcommand:
        return
    if form not in FORMATS:
        raise UsageError(f"format {form!r}: unknown; allowed are {', '.join(FORMATS)}")
    from kg.decide import doubts, made
    from kg.store import Store

    with Store.open(store_at(store), read_only=True, judgements=judgements) as opened:
        if decided:
            output.show(_decisions(made(opened)), form)
            return
        output.show(_pairs(tuple(doubts(opened, limit)), people=form == "table"), form)
        if (left := len(opened.doubts()) - limit) > 0:
            output.note(f"and {left:,} more; --limit shows them")


@identities_app.command("accept", epilog='Example: kg identities accept "Jane Doe" "J. Doe" --note "same address"')
def accept(
    given: Given,
    by: ByOption = None,
    note: NoteOption = "",
    store: StoreOption = None,
    judgements: JudgementsOption = None,
) -> None:
    """Decide that two are one."""
    from kg.decide import accept as run
    from kg.decide import word

    with to_write(store, judgements) as opened:
        _tell(run(opened, given, word(by, note)))


@identities_app.command("reject", epilog="Example: kg identities reject 'Jane Doe@a.txt' 'Jane Doe@b.txt'")
def part(
    given: Given,
    by: ByOption = None,
    note: NoteOption = "",
    store: StoreOption = None,
    judgements: JudgementsOption = None,
) -> None:
    """Decide that two are not one."""
    from kg.decide import part as run
    from kg.decide import word

    with to_write(store, judgements) as opened:
        _tell(run(opened, given, word(by, note)))


@identities_app.command("forget", epilog="Example: kg identities forget 3f2a1b")
def forget(
    given: Annotated[
        list[str], typer.Argument(metavar="KEY...|A B", help="Keys that --decided lists, or the names that it shows.")
    ],
    store: StoreOption = None,
    judgements: JudgementsOption = None,
) -> None:
    """Undo a decision: on a pair, a fact or a link."""
    from kg.decide import forget as run

    with to_write(store, checked(judgements)) as opened:
        _tell(run(opened, given), undone=True)


def reject(
    facts: Annotated[list[str], typer.Argument(metavar="FACT...", help="IRIs of meetings, statements or tenures.")],
    by: ByOption = None,
    note: NoteOption = "",
    store: StoreOption = None,
    judgements: JudgementsOption = None,
) -> None:
    """Decide that a fact was misread: it leaves the graph. `kg explain` shows the IRIs of facts."""
    from kg.decide import reject as run
    from kg.decide import word

    with to_write(store, judgements) as opened:
        _tell(run(opened, facts, word(by, note)))


def correct(
    fact: Annotated[str, typer.Argument(metavar="FACT", help="The IRI of a meeting, statement or tenure.")],
    when: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="A day, month, year or range, as EDTF; '' is unknown.")
    ] = None,
    participant: Annotated[
        list[str] | None, typer.Option("--participant", metavar="NAME", help="Who took part; repeat for all of them.")
    ] = None,
    place: Annotated[str | None, typer.Option("--place", metavar="NAME", help="Where; '' is unknown.")] = None,
    status: Annotated[
        str | None, typer.Option("--status", metavar="STATUS", help="held, planned … or current, former, incoming")
    ] = None,
    speaker: Annotated[
        list[str] | None, typer.Option("--speaker", metavar="NAME", help="Who said it; repeat for several.")
    ] = None,
    by: ByOption = None,
    note: NoteOption = "",
    store: StoreOption = None,
    judgements: JudgementsOption = None,
) -> None:
    """Correct a fact: what its document tells, instead of what was read. Names must stand in the document."""
    from kg.decide import correct as run
    from kg.decide import word
    from kg.judgements.file import SEPARATOR

    given = {
        "when": when, "place": place, "status": status,
        "participants": SEPARATOR.join(participant) if participant else None,
        "speakers": SEPARATOR.join(speaker) if speaker else None,
    }  # fmt: skip
    values = {what: value for what, value in given.items() if value is not None}
    if not values:
        raise UsageError("correct: give --date, --participant, --place, --status or --speaker")
    with to_write(store, judgements) as opened:
        _tell(run(opened, fact, values, word(by, note)))


def remove(
    documents: Annotated[list[str], typer.Argument(metavar="DOCUMENT...", help="Paths, file names or IRIs.")],
    store: StoreOption = None,
    judgements: JudgementsOption = None,
) -> None:
    """Remove documents with all that only they told; no byte of them stays in the store's folder."""
    from kg.settle import named
    from kg.settle import remove as run

    with to_write(store, checked(judgements)) as opened:
        slugs = named(opened, documents)
        settled = run(opened, slugs)
        for slug in slugs:
            typer.echo(output.safe(f"removed {slug}"))
        typer.echo(f"{settled.changed:,} other document{'s' * (settled.changed != 1)} changed with it")
        output.note("a build of a folder that still holds the file brings it back")
        _problems(settled.problems)


def _tell(done: Done, *, undone: bool = False) -> None:
    from kg.decide import key_of

    for judgement in done.judgements:
        typer.echo(output.safe(f"{'forgot' if undone else 'noted'}: {_sentence(judgement)}"))
        if not undone:
            output.note(f"undo it with: kg identities forget {key_of(judgement)}")
    for iri in done.renamed:
        typer.echo(output.safe(f"its IRI is now <{iri}>"))
    typer.echo(f"{done.changed:,} document{'s' * (done.changed != 1)} changed")
    _problems(done.problems)


def _problems(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        output.note(f"noticed: {problem.where}: {problem.what}")


def _sentence(judgement: Judgement) -> str:
    from kg.judgements import Correction, Link, Pair, Thing
    from kg.rdf.labels import shortened

    def named(thing: Thing) -> str:
        return f"“{shortened(thing.words, _WORDS)}” in {thing.document}"

    if isinstance(judgement, Pair):
        return f"{named(judgement.one)} and {named(judgement.other)} are {'one' if judgement.same else 'two'}"
    if isinstance(judgement, Link):
        return f"{named(judgement.thing)} is {'' if judgement.same else 'not '}{judgement.iri}"
    if isinstance(judgement, Correction):
        return f"{judgement.what} of the {judgement.fact.folder} {named(judgement.fact)} is {judgement.value or 'none'}"
    return f"no {judgement.fact.folder} is told by {named(judgement.fact)}"


def _pairs(rows: tuple[Doubtful, ...], *, people: bool) -> Table:
    """The rows with a column for everything; for people what belongs together stands in one."""
    from kg.tables import texts

    if people:
        columns: tuple[str, ...] = ("row", "now", "score", "one", "other", "reasons", "evidence")
        cells = [
            (
                r.key, "one" if r.joined else "two", f"{r.weight:.2f}",
                f"{r.one.label} ({r.one.local.document})", f"{r.other.label} ({r.other.local.document})",
                "; ".join(r.reasons), f"{r.one.evidence} | {r.other.evidence}",
            )
            for r in rows
        ]  # fmt: skip
        return texts(columns, cells)
    columns = ("row", "kind", "now", "score", "one", "oneDocument", "oneEvidence",
               "other", "otherDocument", "otherEvidence", "reasons")  # fmt: skip
    return texts(columns, [
        (
            r.key, r.kind, "one" if r.joined else "two", r.weight, r.one.label, r.one.local.document, r.one.evidence,
            r.other.label, r.other.local.document, r.other.evidence, " | ".join(r.reasons),
        )
        for r in rows
    ])  # fmt: skip


def _decisions(judgements: tuple[Judgement, ...]) -> Table:
    from kg.decide import key_of
    from kg.tables import texts

    rows = [(key_of(j), _sentence(j), j.by, j.on.isoformat() if j.on else "", j.note) for j in judgements]
    return texts(("key", "decided", "by", "date", "note"), rows)
