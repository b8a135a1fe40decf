"""A copy of a store, taken while it is in use, and put back.

    backup(".kg", "copy")             a store like any other: `kg query --store copy` asks it
    restore("copy", ".kg")            verified first; refuses to overwrite unless told to

A copy holds one whole state: the graph, its index, the texts and findings that belong to it, and what people decided
and linked. Answers of endpoints and the memory of what was pushed where are left behind: they are asked for, and sent,
again.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError, UsageError
from kg.judgements.file import ENDING as JUDGEMENTS
from kg.link.file import ENDING as LINKS
from kg.link.file import beside as links
from kg.store import Store
from kg.store.files import FORMAT, marker, refused, settle_down, write_marker
from kg.store.shelf import paths
from kg.store.states import NOW
from kg.verify import Verified, verify

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds."""

    documents: int
    files: int
    size: int


def backup(place: str | Path, into: str | Path) -> Copied:
    """Copy the present state of a store into a new folder, also while another process writes.

    Raises StoreError where there is no store, the folder is there and not empty, or the disk refuses.
    """
    source, target = Path(place), Path(into)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise StoreError(f"{target}: is there already and not empty; name a new folder for the backup")
    if target.resolve().is_relative_to(source.resolve()):
        raise UsageError(f"{target}: lies in the store itself; name a folder elsewhere")
    for left in reversed(range(_TRIES)):
        part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
        try:
            with Store.open(source, read_only=True) as store:
                copied = _copy(store, source, part)
            _take_place(part, target)
            return copied
        except FileNotFoundError as error:
            # the state was taken away while it was copied, which only kg remove does
            if not left:
                raise refused(target, error) from error
        except OSError as error:
            raise refused(target, error) from error
        finally:
            shutil.rmtree(part, ignore_errors=True)
    raise AssertionError("the last try returns or raises")


def restore(copy: str | Path, place: str | Path, *, overwrite: bool = False) -> tuple[Copied, Verified]:
    """Put a copy in place of the store at `place`, with what people decided and linked; the copy stays.

    The copy is verified first: nothing is done where it has faults, which the answer then tells, with a copy of
    nothing. Raises StoreError where there is a store, or another file of decisions or links, and `overwrite` does not
    allow for it, or another process writes there.
    """
    source, target = Path(copy), Path(place)
    if target.resolve() == source.resolve():
        raise UsageError(f"{source}: is the store itself; name the folder of a backup")
    found = verify(source)
    if found.faults:
        return Copied(0, 0, 0), found
    if target.exists() and (not target.is_dir() or any(target.iterdir())) and not overwrite:
        raise StoreError(f"{target}: there is something already; --overwrite replaces it, or name another --store")
    if target.exists() and (target / "lock").exists():
        Store.open(target).close()  # nobody else may write to what is replaced
    inside = [source / f"kg{ending}" for ending in (JUDGEMENTS, LINKS)]
    others = {beside(target, path.name.removeprefix("kg")): path.read_bytes() for path in inside if path.is_file()}
    for path, content in others.items():
        if path.exists() and path.read_bytes() != content and not overwrite:
            raise StoreError(f"{path}: differs from the backup's; --overwrite replaces it, or move it away first")
    part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    try:
        with Store.open(source, read_only=True) as store:
            copied = _copy(store, source, part)
        for path in inside:
            (part / path.name).unlink(missing_ok=True)
        write_marker(part, {"format": FORMAT, "base": marker(source)["base"]})
        for path, content in others.items():
            path.write_bytes(content)
        _take_place(part, target)
    except OSError as error:
        raise refused(target, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return copied, found


def beside(place: Path, ending: str) -> Path:
    """A file beside a store: `kg-links.yaml` beside `.kg`."""
    return place.with_name(f"{place.resolve().name.lstrip('.') or 'kg'}{ending}")


def _copy(store: Store, source: Path, part: Path) -> Copied:
    """One whole state as a store in the folder `part`."""
    part.mkdir(parents=True)
    size = files = 0

    def take(path: Path, to: Path, copy: Callable[[Path, Path], object] = shutil.copyfile) -> None:
        nonlocal size, files
        to.parent.mkdir(parents=True, exist_ok=True)
        copy(path, to)
        settle_down(to)
        size, files = size + to.stat().st_size, files + 1

    state = store.home
    if state is not None:
        for path in sorted(state.rglob("*")):
            if path.is_file():
                take(path, part / path.relative_to(source))
        for one in store.kept.values():
            for path in paths(source, one):
                take(path, part / path.relative_to(source))
        (part / NOW).write_text(f"{state.name}\n", "utf-8")
    told: dict[str, object] = {"format": FORMAT, "base": store.base}
    for ending, file in ((JUDGEMENTS, store.judgements), (LINKS, links(store))):
        if file and file.is_file():
            take(file, part / f"kg{ending}")
    if (part / f"kg{JUDGEMENTS}").exists():
        told["judgements"] = f"kg{JUDGEMENTS}"
    write_marker(part, told)
    return Copied(len(store.kept), files, size)


def _take_place(part: Path, target: Path) -> None:
    """Put a whole folder in place of another, which goes; at no moment is there a half."""
    old = target.with_name(f"{part.name}.old")
    if target.exists():
        os.replace(target, old)
    os.replace(part, target)
    settle_down(target.resolve().parent)
    if old.exists():
        shutil.rmtree(old)
