"""Meetings, statements and offices as pages show them: with sentence, words, document, date and how sure it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kg.serve.pages.dates import When
from kg.serve.pages.reader import Link, Passage, Reader

Pieces = tuple[tuple[str, bool], ...]
STATUSES = ("Held", "Planned", "Proposed", "Cancelled", "Denied", "Current", "Former", "Incoming")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of a document, in pieces with whether each is marked."""

    document: Link
    start: int
    end: int
    pieces: Pieces

    @property
    def words(self) -> str:
        """The words on one line."""
        return " ".join("".join(piece for piece, _ in self.pieces).split())


@dataclass(frozen=True, slots=True)
class Source:
    """The document that tells a fact."""

    document: Link
    publisher: str
    published: When


@dataclass(frozen=True, slots=True)
class Account:
    """One document's account of a meeting."""

    path: str
    label: str
    status: str
    when: When
    form: Link | None
    place: Link | None
    hosts: tuple[Link, ...]
    participants: tuple[Link, ...]
    unnamed: tuple[str, ...]
    invited_by: tuple[Link, ...]
    part_of: Link | None
    source: Source | None
    sentences: tuple[Sentence, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """An occasion with its accounts; `differ` names the points in which they disagree."""

    path: str
    label: str
    accounts: tuple[Account, ...]
    held_as: Link | None
    reasons: tuple[str, ...]

    @property
    def statuses(self) -> list[str]:
        """Each status that an account gives."""
        return sorted({a.status for a in self.accounts if a.status}, key=STATUSES.index)

    @property
    def participants(self) -> list[Link]:
        """All who took part, hosts first."""
        hosts = {link for a in self.accounts for link in a.hosts}
        every = {link for a in self.accounts for link in a.participants} | hosts
        return sorted(every, key=lambda link: (link not in hosts, link.label))

    @property
    def hosts(self) -> set[Link]:
        """All hosts."""
        return {link for a in self.accounts for link in a.hosts}

    @property
    def unnamed(self) -> list[str]:
        """The words for those without a name."""
        return sorted({words for a in self.accounts for words in a.unnamed})

    @property
    def whens(self) -> list[When]:
        """Each date that an account gives; one only bounded by its publication says nothing beside a better one."""
        found = {when.interval: when for a in self.accounts if (when := a.when)}
        told = [when for when in found.values() if when.sure in ("day", "range")]
        return told or list(found.values())[:1]

    @property
    def places(self) -> list[Link]:
        """Each place that an account gives."""
        return sorted({a.place for a in self.accounts if a.place})

    @property
    def forms(self) -> list[str]:
        """Each form that an account gives."""
        return sorted({a.form.label for a in self.accounts if a.form and a.form.label != "meeting"})

    @property
    def differ(self) -> list[str]:
        """In what the accounts disagree; what one leaves out is no disagreement."""
        found = []
        if len(self.statuses) > 1:
            found.append("whether it took place")
        if len({a.when.interval for a in self.accounts if a.when.sure in ("day", "range")}) > 1:
            found.append("when it was")
        if len(self.places) > 1:
            found.append("where it was")
        return found


@dataclass(frozen=True, slots=True)
class Said:
    """A statement."""

    path: str
    label: str
    kind: str
    text: str
    cue: str
    medium: Link | None
    speakers: tuple[Link, ...]
    addressees: tuple[Link, ...]
    mentions: tuple[Link, ...]
    when: When
    capacity: Link | None
    behalf: tuple[Link, ...]
    concerns: tuple[Link, ...]
    reports: tuple[Link, ...]
    disputes: tuple[Link, ...]
    disputed: tuple[Link, ...]
    source: Source | None
    sentences: tuple[Sentence, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """One document's word that somebody holds, held or will hold an office."""

    path: str
    label: str
    status: str
    role: Link | None
    of: Link | None
    holder: Link | None
    likely: tuple[Link, ...]
    office: Link | None
    source: Source | None
    sentences: tuple[Sentence, ...]
    reasons: tuple[str, ...]


def source(reader: Reader, document: str) -> Source | None:
    """A document with its publisher and date."""
    if not document:
        return None
    node = reader.node(document)
    return Source(reader.link(document), node.one("publisher"), reader.when(node))


def meeting(reader: Reader, path: str) -> Meeting:
    """The occasion at a path."""
    node = reader.node(path)
    accounts = tuple(account(reader, each) for each in node.all("account"))
    later = node.one("heldAs")
    return Meeting(path, reader.label(path), accounts, reader.link(later) if later else None, node.all("reason"))


def account(reader: Reader, path: str) -> Account:
    """The account at a path."""
    node = reader.node(path)
    taking = {*node.all("participant"), *node.all("host")}
    sentences = _sentences(reader, node.all("evidence"), taking)
    return Account(
        path,
        reader.label(path),
        _local(node.one("status")),
        reader.when(node),
        _maybe(reader, node.one("form")),
        _maybe(reader, node.one("place")),
        tuple(reader.links(node.all("host"))),
        tuple(reader.links(node.all("participant"))),
        node.all("unnamedParticipant"),
        tuple(reader.links(node.all("invitedBy"))),
        _maybe(reader, occasion_of(reader, node.one("partOf"))),
        source(reader, sentences[0].document.path if sentences else ""),
        sentences,
        node.all("reason"),
    )


def occasion_of(reader: Reader, account: str) -> str:
    """The path of the occasion that an account tells of; the account's own where there is none."""
    return next(iter(reader.subjects("wm:account", account)), account) if account else ""


def said(reader: Reader, path: str) -> Said:
    """The statement at a path."""
    node = reader.node(path)
    words = [found for each in node.all("segment") if (found := reader.passage(each))]
    sentences = tuple(_marked(reader, found, words) for found in _passages(reader, node.all("evidence")))
    about = tuple(dict.fromkeys(occasion_of(reader, each) for each in (*node.all("concerns"), *node.all("madeAt"))))
    return Said(
        path,
        reader.label(path),
        _local(node.one("kind")),
        node.one("text"),
        node.one("cue"),
        _maybe(reader, node.one("medium")),
        tuple(reader.links(node.all("speaker"))),
        tuple(reader.links(node.all("addressee"))),
        tuple(reader.links(node.all("mentions"))),
        reader.when(node),
        _maybe(reader, node.one("inCapacity")),
        tuple(reader.links(node.all("onBehalfOf"))),
        tuple(reader.links(about)),
        tuple(reader.links(node.all("reports"))),
        tuple(reader.links(node.all("disputes"))),
        tuple(reader.links(reader.subjects("wm:disputes", path))),
        source(reader, sentences[0].document.path if sentences else ""),
        sentences,
        node.all("reason"),
    )


def held(reader: Reader, path: str) -> Held:
    """The tenure at a path."""
    node = reader.node(path)
    sentences = _sentences(reader, node.all("evidence"), set(node.all("member")))
    return Held(
        path,
        reader.label(path),
        _local(node.one("status")),
        _maybe(reader, node.one("role")),
        _maybe(reader, node.one("organization") or node.one("jurisdiction")),
        _maybe(reader, node.one("member")),
        tuple(reader.links(node.all("likely"))),
        _maybe(reader, next(iter(reader.subjects("wm:tenure", path)), "")),
        source(reader, sentences[0].document.path if sentences else ""),
        sentences,
        node.all("reason"),
    )


def _maybe(reader: Reader, path: str) -> Link | None:
    return reader.link(path) if path else None


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]


def _passages(reader: Reader, paths: Iterable[str]) -> list[Passage]:
    return sorted(found for each in paths if (found := reader.passage(each)))


def _sentences(reader: Reader, paths: Iterable[str], taking: Collection[str]) -> tuple[Sentence, ...]:
    """Passages with the names of those who take part marked."""
    sentences = []
    for found in _passages(reader, paths):
        spans = reader.index.spans(found.document, found.start, found.end, ("name",))
        names = [Passage(found.document, s.start, s.end, "") for s in spans if s.path in taking]
        sentences.append(_marked(reader, found, names))
    return tuple(sentences)


def _marked(reader: Reader, passage: Passage, marks: Iterable[Passage]) -> Sentence:
    """A passage with the stretches that are marked in it cut out."""
    pieces: list[tuple[str, bool]] = []
    at = passage.start
    for mark in sorted(marks):
        first, last = max(mark.start, at), min(mark.end, passage.end)
        if mark.document == passage.document and first < last:
            pieces += [(passage.words[at - passage.start : first - passage.start], False)]
            pieces += [(passage.words[first - passage.start : last - passage.start], True)]
            at = last
    pieces.append((passage.words[at - passage.start :], False))
    shown = tuple((words, marked) for words, marked in pieces if words)
    return Sentence(reader.link(passage.document), passage.start, passage.end, shown)
