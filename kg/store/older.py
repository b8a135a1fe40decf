"""A store of an older format, brought up to this one.

Format 1 (the first) had the graph in `graph/`, texts and findings under names that told nothing of what they held, and
no whole states: what stood there is taken over as the first one. The next build finds that its documents are there.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.config import STORE_MARKER
from kg.errors import KgError, StoreError
from kg.store.files import FORMAT, Lock, get, marker, refused, write_marker
from kg.store.shelf import FINDINGS, JOURNAL, TEXTS, Disk
from kg.store.states import GRAPH, NOW, States

_FIRST = 1
_FORMER = ("graph", "graph.new", "graph.old", "doubts", "state", "revision", "search.sqlite", "search.sqlite.part")


def brought_up(place: Path, lock: Lock | None) -> None:
    """Take over a store of format 1; one of this format is left alone, and so is what is no store.

    `lock` is the caller's, where it has one. A crash on the way leaves the old store, and the next opening begins
    anew. Raises StoreError where the folder cannot be written to, or its graph cannot be read.
    """
    if not (place / STORE_MARKER).exists():
        return
    if marker(place)["format"] != _FIRST:
        if lock:
            _cleared(place)
        return
    try:
        held = lock or Lock(place)
    except StoreError as error:
        message = f"{place}: a store of format {_FIRST}, to be brought up to {FORMAT}: {error}"
        raise StoreError(f"{message}; run 'kg verify' once where it can be written to") from error
    try:
        for path in (place / NOW, place / JOURNAL):
            path.unlink(missing_ok=True)
        former = _former(place)
        shelf = Disk(place, {}, journal=True)
        for slug, key, text, packed in _documents(place):
            shelf.put(slug, key, text, packed)
        states = States(place, read_only=False)
        states.begin()
        if former is not None:
            states.graph.bulk_extend(former)
        # "" as what concluded it: the next build decides anew
        states.publish(shelf, "", anew=False)
        shelf.settled()
        states.close()
        write_marker(place, {**marker(place), "format": FORMAT})
        _cleared(place)
        shelf.clear([])
    except OSError as error:
        raise refused(place, error) from error
    finally:
        if lock is None:
            held.free()


def _cleared(place: Path) -> None:
    """Remove what format 1 had: at the end of taking it over, or of one that was stopped."""
    try:
        for path in map(place.joinpath, _FORMER):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    except OSError as error:
        raise refused(place, error) from error


def _former(place: Path) -> ox.Store | None:
    folder = next((place / name for name in (GRAPH, "graph.new", "graph.old") if (place / name).is_dir()), None)
    if folder is None:
        return None
    try:
        return ox.Store.read_only(str(folder))
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{folder}: cannot be opened ({error}); remove the store and build it anew") from error


def _documents(place: Path) -> Iterator[tuple[str, str, str, str]]:
    """Slug, key, text and findings of each document; the next build analyses anew what cannot be read."""
    from kg.store.findings import HEAD, from_json, key_of

    folder = place / FINDINGS
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        text, packed = get(place / TEXTS / f"{path.stem}.txt"), get(path)
        if text is None or packed is None:
            continue
        try:
            slug = from_json(packed, text).document.slug
        except KgError:
            continue
        yield slug, key_of(packed[:HEAD]), text, packed
