"""`kg link`: the same people and bodies elsewhere."""

from __future__ import annotations

import getpass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import output
from kg.cli.options import JudgementsOption, StoreOption, to_write
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.link import Found
    from kg.store import Store

app = typer.Typer(add_completion=False, rich_markup_mode=None)
WIKIDATA = "https://query.wikidata.org/sparql"
NoteOption = Annotated[str, typer.Option("--note", metavar="TEXT", help="Why; it is shown beside the decision.")]
ByOption = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who decides [default: the name you are logged in with]")
]
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="An entity: its name, a part of it, or its IRI.")]
IriArgument = Annotated[
    str | None, typer.Argument(metavar="[IRI]", help="What it is elsewhere; by default its best candidate.")
]


@app.callback(invoke_without_command=True)
def link(
    context: typer.Context,
    endpoint: Annotated[str, typer.Option("--endpoint", metavar="URL", help="The SPARQL endpoint.")] = WIKIDATA,
    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="FILE|NAME", help="How its data is shaped [default: wikidata for Wikidata]"),
    ] = None,
    kinds: Annotated[
        list[str] | None,
        typer.Option("--type", metavar="TYPE", help="person, party, organisation or place; repeatable [default: all]"),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Look up the most mentioned ones only, so many.")
    ] = None,
    least: Annotated[float, typer.Option("--least", help="The score from which a candidate is a match.")] = 0.8,
    deadline: Annotated[
        float, typer.Option("--deadline", metavar="SECONDS", min=0.1, help="For all queries together.")
    ] = 300.0,
    fresh: Annotated[bool, typer.Option("--fresh", help="Ask again what is known from before.")] = False,
    store: StoreOption = None,
    judgements: JudgementsOption = None,
) -> None:
    """Look entities up elsewhere: sure ones become skos:exactMatch, all candidates are listed in a file."""
    if context.invoked_subcommand:
        return
    from kg.link import Wish, beside, named, write
    from kg.link import link as run
    from kg.link.profile import KINDS
    from kg.settle import settle

    for kind in kinds or ():
        if kind not in KINDS:
            raise UsageError(f"link: type {kind!r} is unknown; allowed are {', '.join(KINDS)}")
    shape = named(profile or ("wikidata" if "wikidata" in endpoint else "generic"))
    with to_write(store, judgements) as opened:
        found = run(opened, endpoint, shape, Wish(tuple(kinds or ()), limit, least, deadline, fresh))
        path = beside(opened)
        if path:
            write(path, found.links)
        settle(opened)
        _tell(found, str(path))
    if found.cut:
        output.complain(found.cut)
    raise typer.Exit(1 if found.cut else 0)


@app.command("accept", epilog='Example: kg link accept "Jane Doe" http://www.wikidata.org/entity/Q42')
def accept(
    name: NameArgument,
    iri: IriArgument = None,
    by: ByOption = None,
    note: NoteOption = "",
    store: StoreOption = None,
    judgements: JudgementsOption = None,
) -> None:
    """Decide that an entity is a thing elsewhere: owl:sameAs from now on."""
    with to_write(store, judgements) as opened:
        _decide(opened, (name, iri), (by, note), same=True)


@app.command("reject", epilog='Example: kg link reject "Jane Doe" http://www.wikidata.org/entity/Q42')
def reject(
    name: NameArgument,
    iri: IriArgument = None,
    by: ByOption = None,
    note: NoteOption = "",
    store: StoreOption = None,
    judgements: JudgementsOption = None,
) -> None:
    """Decide that an entity is not that thing elsewhere: no machine links them again."""
    with to_write(store, judgements) as opened:
        _decide(opened, (name, iri), (by, note), same=False)


def _tell(found: Found, path: str) -> None:
    rows = [
        [link.thing.words, each.label or each.iri, each.description, each.iri, f"{each.score:.2f}",
         "yes" if each.match else "", "; ".join(reason.partition(":")[0] for reason in each.reasons)]
        for link in found.links
        for each in link.candidates
    ]  # fmt: skip
    if rows:
        output.grid(["name", "there", "what", "iri", "score", "match", "evidence"], rows)
    unfound = sum(not link.candidates for link in found.links)
    output.note(
        f"looked up {found.looked_up:,}, matched {found.matches:,}, "
        f"found nothing for {unfound:,}; candidates are in {path}"
    )
    output.note(f"asked {found.asked:,} queries, knew the answers of {found.known:,}")


def _decide(store: Store, what: tuple[str, str | None], who: tuple[str | None, str], *, same: bool) -> None:
    from kg.judgements import Link
    from kg.judgements.file import add
    from kg.link import beside, read
    from kg.link.entities import entities
    from kg.link.profile import KINDS
    from kg.lookup import meant
    from kg.settle import settle

    name, iri = what
    node = meant(name, "entity", store, "link").value
    entity = next((each for each in entities(store, KINDS) if each.ours.node == node), None)
    if entity is None or store.judgements is None:
        raise UsageError(f"link: {name!r} is nobody and nothing whose name stands in a document; name another")
    if iri is None:
        known = [each for each in read(beside(store)) if each.thing == entity.thing and each.candidates]
        if not known:
            raise UsageError(f"link: {name!r} has no candidates; give the IRI, or run kg link first")
        iri = known[0].candidates[0].iri
    by, note = who
    add(store.judgements, [Link(entity.thing, iri, same, by or getpass.getuser(), date.today(), note)])
    problems = settle(store).problems
    for problem in problems:
        output.note(f"noticed: {problem.where}: {problem.what}")
    output.note(f"{entity.ours.label} is {'' if same else 'not '}{iri}: written to {store.judgements}")
