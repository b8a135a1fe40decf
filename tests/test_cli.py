"""The command line: what it prints, what it says of bad input, and its exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.cli import run

ROOT = Path(__file__).resolve().parent.parent
STORY = """Mayor meets minister

Harbour mayor Jane Doe met the finance minister, Richard Roe, in Lisbon on 3 March 2021.

"We agreed on the port," Ms Doe told the Harbour Gazette.
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in the current folder: exit code, output, complaints."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(list(arguments))
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a store of one document."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "articles").mkdir()
    (folder / "articles" / "port.txt").write_text(STORY, "utf-8")
    here = Path.cwd()
    os.chdir(folder)
    assert run(["build", "articles"]) == 0
    os.chdir(here)
    yield folder


@pytest.fixture
def there(built: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(built)
    return built


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_build_ends_with_a_summary(kg: Run, empty: Path) -> None:
    (empty / "port.txt").write_text(STORY, "utf-8")
    (empty / "photo.jpg").write_bytes(b"\xff\xd8")
    code, out, err = kg("build", ".", "--store", "s")
    assert code == 0
    assert "read 1 document, left out 1" in out and "1  documents" in out
    for kind in ("people", "parties", "organisations", "meetings", "statements"):
        assert kind in out
    assert "left out" in err and "photo.jpg" in err


def test_the_first_bad_records_of_a_file_are_told(kg: Run, empty: Path) -> None:
    (empty / "news.jsonl").write_text('{"id": 7, "text": "Jane Doe met Richard Roe."}\n' + "{bad\n" * 25, "utf-8")
    code, out, err = kg("build", "news.jsonl", "--language", "rules")
    assert code == 1
    assert "read 1 document, left out 25" in out
    assert "left out: news.jsonl: line 21: no JSON" in err and "line 22" not in err
    assert "news.jsonl: 5 more records with mistakes" in err
    _, out, _ = kg("build", "news.jsonl", "--language", "rules")
    assert "left out 25, 1 unchanged" in out


def test_output_to_a_file_leaves_no_store(kg: Run, empty: Path) -> None:
    (empty / "port.txt").write_text(STORY, "utf-8")
    assert kg("build", "port.txt", "-o", "g.ttl")[0] == 0
    assert "Jane Doe" in (empty / "g.ttl").read_text("utf-8")
    assert not (empty / ".kg").exists()


@pytest.mark.parametrize("out", ["no/such/folder/g.ttl", "."])
def test_a_file_that_cannot_be_written_is_noticed_before_the_build(
    kg: Run, empty: Path, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    (empty / "port.txt").write_text(STORY, "utf-8")
    monkeypatch.setattr("kg.pipeline.build", lambda *args, **kwargs: pytest.fail("built"))
    code, _, err = kg("build", "port.txt", "-o", out)
    assert code == 1 and "cannot be written" in err
    assert [each.name for each in empty.iterdir()] == ["port.txt"]


def test_output_to_standard_output_is_the_graph_alone(empty: Path) -> None:
    (empty / "port.txt").write_text(STORY, "utf-8")
    done = command("build", "port.txt", "-o", "-")
    assert done.returncode == 0 and b"Jane Doe" in done.stdout
    assert b"left out" not in done.stdout and b"documents" in done.stderr


def test_a_dry_run_writes_nothing(kg: Run, empty: Path) -> None:
    (empty / "port.txt").write_text(STORY, "utf-8")
    code, out, _ = kg("build", ".", "--dry-run")
    assert code == 0 and out == "port.txt: Mayor meets minister\n"
    assert [path.name for path in empty.iterdir()] == ["port.txt"]


BAD: list[tuple[str, bytes, str]] = [
    ("empty.txt", b"", "empty"),
    ("binary.txt", bytes(range(256)) * 8, "binary.txt"),
    ("sources.csv", b"file,publisher\nport.txt\xff,x,y,z\n", "sources.csv"),
]


@pytest.mark.parametrize("name, data, message", BAD, ids=[name for name, _, _ in BAD])
def test_bad_input_is_reported_and_the_rest_built(kg: Run, empty: Path, name: str, data: bytes, message: str) -> None:
    (empty / "port.txt").write_text(STORY, "utf-8")
    (empty / name).write_bytes(data)
    code, out, err = kg("build", ".", "--store", "s")
    assert code == (1 if name == "sources.csv" else 0)
    assert "read 1 document" in out and message in err
    assert "Traceback" not in err


def test_a_folder_without_documents(kg: Run, empty: Path) -> None:
    (empty / "none").mkdir()
    for extra in ((), ("--dry-run",)):
        code, _, err = kg("build", "none", "--store", "s", *extra)
        assert code == 1 and "no documents in none" in err


def test_latin_1_is_read(kg: Run, empty: Path) -> None:
    (empty / "cafe.txt").write_bytes(STORY.replace("Jane Doe", "Zoé Müller").encode("latin-1"))
    assert kg("build", ".", "--store", "s")[0] == 0
    assert "Zoé Müller" in kg("query", "evidence", "--node", "Zoé Müller", "--store", "s", "--format", "csv")[1]


def test_a_missing_path_fails_and_the_rest_is_built(kg: Run, empty: Path) -> None:
    (empty / "port.txt").write_text(STORY, "utf-8")
    code, out, err = kg("build", "port.txt", "nowhere", "--store", "s")
    assert code == 1 and "read 1 document" in out and "nowhere: no such file or folder" in err


def test_a_document_that_breaks_a_finder_costs_only_itself(
    kg: Run, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.pipeline import analysing

    find = analysing.find

    def fragile(analysis):  # type: ignore[no-untyped-def]
        if "bad" in analysis.document.name:
            raise IndexError("tuple index out of range")
        return find(analysis)

    monkeypatch.setattr(analysing, "find", fragile)
    for name in ("a.txt", "bad.txt", "c.txt"):
        (empty / name).write_text(STORY, "utf-8")
    code, out, err = kg("build", ".", "--store", "s", "--workers", "0")
    assert code == 1 and "read 2 documents, left out 1" in out and "bad.txt: cannot be analysed (IndexError" in err


@pytest.mark.parametrize(
    "arguments, code, message",
    [
        (["query", "who-met-who"], 2, "did you mean who-met-whom"),
        (["query", "meetings-of"], 2, "parameter 'participant' is missing"),
        (["query", "meetings", "--from", "soon"], 2, "is no date"),
        (["query", "meetings", "--where", "x"], 2, "unknown parameter 'where'"),
        (["query", "meetings", "--from"], 2, "has no value"),
        (["query", "meetings", "2018"], 2, "is no parameter"),
        (["query", "meetings", "--format", "docx"], 2, "allowed are table, csv"),
        (["query", "meetings", "--format", "turtle"], 2, "answers with rows"),
        (["query", "met", "--format", "csv"], 2, "makes triples"),
        (["query", "meetings-of", "--participant", "Nobody"], 2, "nothing is called 'Nobody'"),
        (["sparql", "SELECT WHERE"], 2, "SPARQL"),
        (["sparql", "SELECT * { SERVICE <http://localhost:9/> { ?s ?p ?o } }"], 2, "allow that with --allow-service"),
        (["sparql", "--allow-service", "SELECT * { SERVICE <http://localhost:9/> { ?s ?p ?o } }"], 2, "within reach"),
        (["build", "articles", "--judgements", "typo.yaml"], 2, "typo.yaml: there is no such file"),
        (["build", "r.csv", "--mapping", "typo.yaml"], 1, "typo.yaml: there is no such file; mend the mapping"),
        (["sparql", "nowhere.rq"], 2, "cannot be read"),
        (["explain", "Nobody"], 2, "nothing is called 'Nobody'"),
        (["explain", "https://example.org/kg/person/nobody"], 2, "is not in the graph"),
        (["export", "-f", "docx"], 2, "allowed are turtle"),
        (["export", "-o", "no/such/folder/g.ttl"], 1, "cannot be written"),
        (["stats", "--store", "elsewhere"], 1, "there is no store"),
        (["build", "port.txt", "-o", "g.docx"], 2, "the endings are .ttl, .nt,"),
        (["export", "-o", "g.docx"], 2, "the endings are .ttl, .nt,"),
        (["build", "--no-such-option"], 2, "No such option"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_what_cannot_be_done_is_said(kg: Run, there: Path, arguments: list[str], code: int, message: str) -> None:
    got, _, err = kg(*arguments)
    assert (got, message in err) == (code, True), err
    assert "Traceback" not in err


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml"])
def test_every_format_holds_the_rows(kg: Run, there: Path, form: str) -> None:
    code, out, _ = kg("query", "evidence", "--node", "Jane Doe", "--format", form)
    assert code == 0 and "Jane Doe" in out
    if form == "csv":
        assert {row["document"] for row in csv.DictReader(io.StringIO(out))} == {"port.txt"}
    if form == "json":
        assert json.loads(out)["head"]["vars"][0] == "as"


def test_the_queries_are_listed_with_summaries(kg: Run, there: Path) -> None:
    code, out, _ = kg("query")
    assert code == 0 and "who-met-whom" in out and "--person" in out


def test_own_sparql_shows_every_column(kg: Run, there: Path) -> None:
    select = "{ ?p a wm:Person ; rdfs:label ?pName FILTER(?pName = 'Jane Doe') }"
    out = kg("sparql", f"SELECT ?p ?pName {select}")[1]
    assert "Jane Doe" in out and "https://" not in out
    out = kg("sparql", f"SELECT ?p (?pName AS ?name) ?gap {select}")[1]
    assert "Jane Doe" in out and "https://" in out and "gap" in out


def test_a_table_without_a_mapping_is_told_of_one(kg: Run, empty: Path) -> None:
    (empty / "r.csv").write_text("Minister,Date\n", "utf-8")
    assert "kg build r.csv --mapping" in kg("build", "r.csv")[2]


def test_sparql_from_a_file_and_from_standard_input(kg: Run, there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "SELECT ?name { ?who a wm:Person ; rdfs:label ?name } ORDER BY ?name"
    (there / "people.sparql").write_text(text, "utf-8")
    assert "Jane Doe" in kg("sparql", "people.sparql")[1]
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    assert "Jane Doe" in kg("sparql", "-", "--format", "csv")[1]
    assert kg("sparql", "ASK { ?s ?p ?o }")[1] == "yes\n"


def test_explain_shows_the_sentence_with_the_words_marked(kg: Run, there: Path) -> None:
    code, out, _ = kg("explain", "Jane Doe")
    assert code == 0 and "»Jane Doe«" in out and "port.txt, " in out
    assert "»" not in kg("explain", "Lisbon")[1].replace("»Lisbon«", "")  # facts of others are not shown


def test_export_is_the_same_twice(kg: Run, there: Path) -> None:
    assert kg("export", "-o", "one.ttl")[0] == kg("export", "-o", "two.nt")[0] == 0
    assert kg("export", "-f", "turtle", "-o", "three.ttl")[0] == 0
    assert (there / "one.ttl").read_bytes() == (there / "three.ttl").read_bytes()
    assert b"@prefix" not in (there / "two.nt").read_bytes()


def test_options_stand_in_kg_toml(kg: Run, empty: Path) -> None:
    (empty / "news").mkdir()
    (empty / "news" / "port.txt").write_text(STORY, "utf-8")
    (empty / "kg.toml").write_text('paths = ["news"]\nstore = "graph"\nbase = "https://kg.example/"\n', "utf-8")
    assert kg("build")[0] == 0
    assert (empty / "graph").is_dir()
    assert "https://kg.example/person/jane-doe" in kg("export")[1] or "https://kg.example/" in kg("export")[1]


@pytest.mark.parametrize(
    "text, message",
    [
        ('stroe = "x"', "unknown key 'stroe'; allowed are"),
        ("store = 1", "'store' must be text"),
        ("store = ", "cannot be read as TOML"),
        ('paths = "news"', "'paths' must be a list"),
        ('prune = "yes"', "'prune' must be true or false"),
    ],
)
def test_a_malformed_kg_toml_is_refused(kg: Run, empty: Path, text: str, message: str) -> None:
    (empty / "kg.toml").write_text(text, "utf-8")
    code, _, err = kg("stats")
    assert code == 1 and "kg.toml" in err and message in err


def test_prune_removes_what_is_gone(kg: Run, empty: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (empty / name).write_text(STORY + name, "utf-8")
    kg("build", ".", "--store", "s")
    (empty / "b.txt").unlink()
    assert "2  documents" in kg("build", "a.txt", "--store", "s")[1]
    code, out, _ = kg("build", "a.txt", "--store", "s", "--prune")
    assert code == 0 and "removed 1 document" in out and "1  documents" in out


def test_control_characters_do_not_reach_a_table(kg: Run, empty: Path) -> None:
    (empty / "evil.txt").write_text(STORY.replace("the port", "the \x1b[31mport\x07"), "utf-8")
    kg("build", ".", "--store", "s")
    for arguments in (["query", "statements-by", "--speaker", "Doe"], ["explain", "Doe"]):
        _, out, err = kg(*arguments, "--store", "s")
        assert "\x1b" not in out + err and "\x07" not in out + err


@pytest.mark.parametrize("name", ["build", "query", "sparql", "export", "explain", "stats", "train"])
def test_every_command_has_help_with_an_example(kg: Run, name: str) -> None:
    code, out, _ = kg(name, "--help")
    assert code == 0 and "Example: kg " in out


def test_a_query_explains_its_parameters(kg: Run) -> None:
    code, out, _ = kg("query", "who-met-whom", "--help")
    assert code == 0 and "--person" in out and "Example: kg query who-met-whom" in out


def command(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own."""
    code = "from kg.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=60,
    )


def test_a_broken_pipe_is_quiet(there: Path) -> None:
    script = f"'{sys.executable}' -c 'from kg.cli import main; main()' export -f ntriples | head -1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert done.stdout.count(b"\n") == 1 and done.stderr == b""


def test_a_query_loads_no_language_model() -> None:
    code = (
        "import sys; from kg.cli import run; run(['query']); "
        "print([name for name in ('spacy', 'numpy', 'rdflib', 'trafilatura') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip().endswith("[]"), done.stderr
