"""The files of a store: how one is written whole, the marker that tells what the folder is, and the writer's lock."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from pathlib import Path

from kg.config import STORE_MARKER
from kg.errors import StoreError
from kg.judgements.file import beside

FORMAT = 2
PART = ".part"
_LOCK = "lock"


def digest(text: str | bytes) -> str:
    """Sixteen hexadecimal digits that tell whether a text, or the bytes of a file, are what they were."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text).hexdigest()[:16]


def name_of(document: str) -> str:
    """The name under which a document's findings and text are kept, from its slug."""
    return hashlib.sha256(document.encode()).hexdigest()[:32]


def put(path: Path, text: str, *, durable: bool = False) -> None:
    """Write a file of UTF-8; a reader sees the old one or the new one, never a part.

    A `durable` one outlives a loss of power. Raises StoreError where the disk refuses.
    """
    part = path.with_name(f"{path.name}{PART}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(part, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.replace(part, path)
        if durable:
            settle_down(path.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise refused(path, error) from error


def get(path: Path) -> str | None:
    """The text of a file, None where there is none. Raises StoreError where it cannot be read."""
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{path}: cannot be read ({error}); remove this file and build the documents anew") from error


def settle_down(path: Path) -> None:
    """Wait until a file, or the names in a folder, stand on the disk. Raises OSError."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def refused(path: Path | str, error: BaseException) -> StoreError:
    """What to say where the disk refuses to write."""
    why = getattr(error, "strerror", None) or error
    return StoreError(f"{path}: cannot be written ({why}); make room or use another --store")


class Lock:
    """Held by the one process that writes; the system gives it free when the process ends, however it ends."""

    def __init__(self, place: Path) -> None:
        """Take it. Raises StoreError where another process has it, or the folder cannot be written to."""
        self._file: int | None = None
        try:
            self._file = os.open(place / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self.free()
            message = f"{place}: another process has this store open; close it, or name another with --store"
            raise StoreError(message) from error
        except OSError as error:
            self.free()
            raise refused(place, error) from error

    def free(self) -> None:
        """Let others write."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __del__(self) -> None:
        self.free()


def marker(place: Path) -> dict[str, object]:
    """What the marker of a store tells: `format`, `base` and perhaps `judgements`. Raises StoreError."""
    path = place / STORE_MARKER
    try:
        read = json.loads(path.read_text("utf-8"))
        return {**read, "format": read["format"], "base": str(read["base"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"{path}: cannot be read ({error}); restore a backup, or remove the store and build it anew"
        ) from error


def write_marker(place: Path, told: dict[str, object]) -> None:
    """Mark a folder as a store."""
    put(place / STORE_MARKER, json.dumps(told) + "\n", durable=True)


def claimed(place: Path, base: str) -> Lock:
    """The lock of the store in a folder, which is made and marked where it is new.

    Raises StoreError where the folder holds something else, or another process writes there.
    """
    try:
        new = not (place / STORE_MARKER).exists()
        if new and place.exists() and (not place.is_dir() or _filled(place)):
            raise StoreError(f"{place}: this is no kg store, and not empty; name another folder with --store")
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{place}: cannot be made ({error.strerror}); name another folder with --store") from error
    lock = Lock(place)
    if not (place / STORE_MARKER).exists():
        write_marker(place, {"format": FORMAT, "base": base})
    return lock


def check_marker(place: Path, base: str | None) -> str:
    """The base of the store in a folder.

    Raises StoreError where there is none, one of another format, or one of another base.
    """
    if not (place / STORE_MARKER).exists():
        raise StoreError(f"{place}: there is no store yet; make one with 'kg build'")
    read = marker(place)
    if read["format"] != FORMAT:
        raise StoreError(f"{place}: a store of format {read['format']}, this kg reads {FORMAT}; use a newer kg")
    held = str(read["base"])
    if base and base != held:
        raise StoreError(f"{place}: this store's base is {held}, not {base}; name another folder with --store")
    return held


def _filled(place: Path) -> bool:
    """Whether a folder holds more than what a crash leaves of the very beginning of a store."""
    return any(path.name not in (_LOCK, f"{STORE_MARKER}{PART}") for path in place.iterdir())


def judgements_at(place: Path, named: str | Path | None, *, keep: bool) -> Path:
    """The file of judgements that a store obeys: the one named, else the one named before, else the one beside it.

    With `keep` the store remembers what is named.
    """
    read = marker(place)
    if named is not None:
        path = Path(named)
        told = os.path.relpath(path, place)
        if keep and read.get("judgements") != told:
            write_marker(place, {**read, "judgements": told})
        return path
    if "judgements" not in read:
        return beside(place)
    return place / str(read["judgements"])
