"""The commands and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import ask, check, decide, export, keep, link, make, net, plot, site

app = typer.Typer(
    name="kg",
    help="Who met whom, when and where, and who said what: a knowledge graph from political news.",
    epilog="Example: kg build articles && kg query who-met-whom",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
_QUERY = {"allow_extra_args": True, "ignore_unknown_options": True}


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"kg {version('whomet')}")
        raise typer.Exit


@app.callback()
def _kg(
    show: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Who met whom, when and where, and who said what: a knowledge graph from political news."""


app.command("build", epilog="Example: kg build articles --store .kg")(make.build)
app.command(
    "query",
    epilog='Example: kg query who-met-whom --person "Jane Doe" --format csv',
    context_settings=_QUERY,
    add_help_option=False,
)(ask.query)
app.command("sparql", epilog="Example: kg sparql 'SELECT ?who WHERE { ?who a wm:Person }'")(ask.sparql)
app.command("export", epilog="Example: kg export -f turtle -o graph.ttl")(export.export)
app.command("plot", epilog='Example: kg plot network --person "Jane Doe" -o network.svg')(plot.plot)
app.command("explain", epilog='Example: kg explain "Jane Doe"')(ask.explain)
app.command("push", epilog="Example: kg push http://127.0.0.1:7878/query")(net.push)
app.command("serve", epilog="Example: kg serve --port 7878")(net.serve)
app.command("site", epilog="Example: kg site -o public")(site.site)
app.command("stats", epilog="Example: kg stats --store .kg")(ask.stats)
app.command("train", epilog="Example: kg train --data material --output model")(make.train)
app.command("check", epilog="Example: kg check graph.ttl --format json")(check.check)
app.command("reason", epilog="Example: kg reason && kg export --inferred -o graph.ttl")(check.reason)
app.command("ontology", epilog="Example: kg ontology -o vocabulary.html")(check.ontology)
app.add_typer(
    link.app,
    name="link",
    epilog="Example: kg link --endpoint https://query.wikidata.org/sparql --type person --limit 50",
)
app.add_typer(
    decide.identities_app,
    name="identities",
    epilog='Example: kg identities --limit 5 && kg identities accept "Jane Doe" "J. Doe"',
)
app.command("reject", epilog="Example: kg reject https://example.org/kg/meeting/2021-03-03-jane-doe --note misread")(
    decide.reject
)
app.command(
    "correct", epilog="Example: kg correct https://example.org/kg/meeting/2021-03-03-jane-doe --date 2021-03-04"
)(decide.correct)
app.command("remove", epilog="Example: kg remove articles/port.txt")(decide.remove)
app.command("backup", epilog="Example: kg backup ../kg-monday")(keep.backup)
app.command("verify", epilog="Example: kg verify --store .kg --format json")(keep.verify)
app.command("restore", epilog="Example: kg restore ../kg-monday --overwrite")(keep.restore)
