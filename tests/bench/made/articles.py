"""Articles of true lengths: paragraphs of the marked texts, put together anew, with people of a made world in them.

Each article is as long as one of the marked texts, takes its paragraphs from several, and names made people in place of
those who are marked, the well-known more often; the same for the same number and seed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from made.world import Human, World

_MARKED = Path(__file__).resolve().parent.parent / "marked"
_PERSON = re.compile(r"\[PER\|([^\]]+)\]")
_MARK = re.compile(r"\[[A-Z]+\|([^\]]+)\]")
_WORDS = 120, 900
"""The fewest and the most words of an article."""


@cache
def _paragraphs() -> tuple[str, ...]:
    found = (line.strip() for path in sorted(_MARKED.glob("*.txt")) for line in path.read_text("utf-8").splitlines())
    return tuple(dict.fromkeys(line for line in found if len(line.split()) >= 12))


def articles(documents: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """File name and text of so many articles."""
    chance = random.Random(seed)
    world = World(max(documents, 50), seed)
    weights = [human.fame for human in world.people]
    for number in range(documents):
        cast = chance.choices(world.people, weights, k=12)
        wanted, taken, told = chance.triangular(*_WORDS, 380), [], 0
        while told < wanted:
            paragraph = chance.choice(_paragraphs())
            if paragraph not in taken:
                taken.append(paragraph)
                told += len(paragraph.split())
        yield f"{number:06}.txt", "\n\n".join(_recast(taken, cast)) + "\n"


def _recast(paragraphs: list[str], cast: list[Human]) -> Iterator[str]:
    """The paragraphs without marks; whoever shares a last name in them is one of the cast."""
    parts: dict[str, Human] = {}

    def other(found: re.Match[str]) -> str:
        *first, last = found[1].split()
        human = parts.setdefault(last, cast[len(parts) % len(cast)])
        return f"{human.given} {human.surnames[0]}" if first else human.surnames[0]

    for paragraph in paragraphs:
        yield _MARK.sub(r"\1", _PERSON.sub(other, paragraph))


def write(folder: Path, documents: int, seed: int = 1) -> int:
    """Write so many articles into a folder, with a list of their sources; how many words they have."""
    folder.mkdir(parents=True, exist_ok=True)
    chance, words = random.Random(seed + 1), 0
    rows = ["file,publisher,published"]
    for name, text in articles(documents, seed):
        (folder / name).write_text(text, "utf-8")
        words += len(text.split())
        day = f"{chance.randrange(2016, 2024)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 28):02}"
        rows.append(f"{name},The {chance.choice(('Harbour', 'Northern', 'Island', 'Evening'))} Post,{day}")
    (folder / "sources.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return words
