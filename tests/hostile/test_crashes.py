"""`kg build` and `kg remove` killed in every phase: the store is whole, and the next build ends as if nothing was."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.store import Store
from tests.hostile.forking import PHASES, ROOT, Ended, Forker
from tests.hostile.tally import Effort, Tally

SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
STORY = "Harbour mayor {} met the finance minister, Richard Roe, in Lisbon on {} March 2021. “We agreed,” {} said.\n"
NAMES = ("Jane Doe", "Mark Poe", "Anna Vale", "Omar Khalidi", "Tom Stone")
NOW = ("analysing", "joining", "opening", "keeping")
KINDS = ("fresh", "incremental", "remove")


@pytest.fixture(scope="module")
def forker() -> Iterator[Forker]:
    with Forker() as opened:
        yield opened


class Ground:
    """A folder with texts before and after a change, and what undisturbed commands make of them."""

    def __init__(self, place: Path, forker: Forker) -> None:
        self.place, self.forker = place, forker
        for folder in ("before", "after"):
            (place / folder).mkdir(parents=True)
            for path in SEEDS[:2]:
                shutil.copy(path, place / folder)
            for number, name in enumerate(NAMES):
                text = STORY.format(name, number + 1, name.split()[1])
                (place / folder / f"{number}.txt").write_text(text, "utf-8")
        (place / "after" / "0.txt").unlink()
        (place / "after" / "1.txt").write_text(STORY.format("Jane Poe", 9, "Poe"), "utf-8")
        (place / "after" / "5.txt").write_text(STORY.format("Rita Moor", 10, "Moor"), "utf-8")
        self.commands = {
            "fresh": ("build", str(place / "before"), "--language", "rules"),
            "incremental": ("build", str(place / "after"), "--language", "rules", "--prune"),
            "remove": ("remove", "0.txt"),
        }
        self.wanted: dict[str, bytes] = {}
        self.start: dict[str, bytes] = {}
        self.times: dict[str, Ended] = {}
        for kind in KINDS:
            store = self.new(kind)
            self.start[kind] = self.graph(store)
            self.times[kind] = self.do(kind, store)
            assert self.times[kind].code == 0, self.times[kind].said
            self.wanted[kind] = self.graph(store)
            shutil.rmtree(store)
        assert len({*self.wanted.values(), b""}) == 4

    def new(self, kind: str) -> Path:
        """A store in which the command is to be killed."""
        store = self.place / "store"
        if kind != "fresh":
            ready = self.place / "ready"
            if not ready.exists():
                assert self.do("fresh", ready).code == 0
            shutil.copytree(ready, store)
        return store

    def do(self, kind: str, store: Path, die: tuple[str, int, float] | None = None) -> Ended:
        return self.forker.run(*self.commands[kind], "--store", str(store), die=die)

    def again(self, kind: str, store: Path) -> Ended:
        """The next build: of a removal, of the texts without the one removed."""
        if kind == "remove":
            without = self.place / "without"
            if not without.exists():
                shutil.copytree(self.place / "before", without)
                (without / "0.txt").unlink()
            return self.forker.run("build", str(without), "--language", "rules", "--prune", "--store", str(store))
        return self.do(kind, store)

    def graph(self, store: Path) -> bytes:
        """The graph as sorted N-Quads, b"" where there is no store yet."""
        out = self.place / "graph.nq"
        out.unlink(missing_ok=True)
        if not (store / "kg-store.json").exists():
            return b""
        ended = self.forker.run("export", "-f", "nquads", "-o", str(out), "--store", str(store))
        assert ended.code == 0, ended.said
        return out.read_bytes()


@pytest.fixture(scope="module")
def ground(forker: Forker, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(tmp_path_factory.mktemp("crashes"), forker)


@pytest.fixture
def grounds(ground: Ground, tmp_path: Path, effort: Effort) -> Iterator[list[Ground]]:
    """One, or, where there is much to try, two that work side by side."""
    if effort.name == "short":
        yield [ground]
        return
    with Forker() as other:
        yield [ground, Ground(tmp_path / "beside", other)]


def killed(ground: Ground, kind: str, phase: str, dice: random.Random) -> str:
    """Kill a command in a phase and look at what is left; in which phase it was when the blow fell."""
    times, longest = ground.times[kind].times[phase]
    store = ground.new(kind)
    ended = ground.do(kind, store, (phase, dice.randrange(times), dice.uniform(0, longest)))
    assert ended.code in (0, -signal.SIGKILL), ended.said
    found = ground.graph(store)
    assert found in (ground.start[kind], ground.wanted[kind]), f"{kind} in {ended.phase}: half a state"
    again = ground.again(kind, store)
    assert again.code == 0 and "Traceback" not in again.said, again.said
    assert ground.graph(store) == ground.wanted[kind], f"{kind} killed in {ended.phase}: another graph"
    left = {path.name.partition("-")[0] for path in store.iterdir()}
    assert left <= {"kg", "current", "lock", "state", "texts", "findings"}, left
    shutil.rmtree(store)
    return ended.phase if ended.code else "after its end"  # it was over sooner than the blow fell


def test_a_command_killed_in_any_phase_leaves_the_store_whole(
    grounds: list[Ground], tally: Tally, effort: Effort
) -> None:
    dice = random.Random(8)
    plan = [(kind, phase) for kind in KINDS for phase in grounds[0].times[kind].times if phase in PHASES]
    dice.shuffle(plan)
    cycles = effort.of(6, 100, 1000)
    tally.add("documents or triples lost", 0)

    def tried(at: int) -> list[str]:
        own = random.Random(at)
        return [killed(grounds[at], *plan[n % len(plan)], own) for n in range(at, cycles, len(grounds))]

    with ThreadPoolExecutor(len(grounds)) as threads:
        phases = Counter(phase for some in threads.map(tried, range(len(grounds))) for phase in some)
    assert phases.total() == cycles
    tally.add("faults tried", cycles)
    tally.add("faults survived", cycles)
    tally.note("killed while", ", ".join(f"{name} {count}" for name, count in phases.most_common()))
    if cycles >= len(plan):
        missing = set(PHASES) - set(phases)
        assert not missing, f"no kill fell while {missing}"


def many(folder: Path, number: int) -> Path:
    folder.mkdir()
    for i in range(number):
        (folder / f"{i:03}.txt").write_text(STORY.format(f"{NAMES[i % 5]}", i % 28 + 1, "Doe"), "utf-8")
    return folder


def command(folder: Path, store: Path, language: str) -> list[str]:
    code = "from kg.cli import main; main()"
    asked = ["build", str(folder), "--store", str(store), "--workers", "2", "--language", language]
    return [sys.executable, "-c", code, *asked]


def test_a_build_with_workers_killed_at_any_moment(
    ground: Ground, tmp_path: Path, tally: Tally, effort: Effort
) -> None:
    folder, dice = many(tmp_path / "texts", 5 * 16), random.Random(9)
    language = "rules" if effort.name == "short" else "en"
    began = time.monotonic()
    subprocess.run(command(folder, tmp_path / "whole", language), check=True, cwd=ROOT, capture_output=True)
    seconds = time.monotonic() - began
    wanted = ground.graph(tmp_path / "whole")
    for _ in range(effort.of(1, 3, 40)):
        store = tmp_path / "store"
        process = subprocess.Popen(
            command(folder, store, language), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        time.sleep(dice.uniform(0.3, 1) * seconds)
        process.kill()
        code = process.wait()
        tally.add("faults tried")
        assert code in (0, -signal.SIGKILL)
        assert ground.graph(store) in (b"", wanted) or not list(open_documents(store))
        end = time.monotonic() + 20
        while alone := group(process.pid):
            assert time.monotonic() < end, f"workers outlive the build: {alone}"
            time.sleep(0.1)
        done = subprocess.run(command(folder, store, language), cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
        assert ground.graph(store) == wanted
        shutil.rmtree(store)
        tally.add("faults survived")


def open_documents(store: Path) -> list[str]:
    with Store.open(store, read_only=True) as opened:
        return [each.slug for each in opened.documents()]


def group(leader: int) -> list[int]:
    """The processes of a group that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            fields = (path / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == leader and fields[0] != "Z":
            found.append(int(path.name))
    return found


def test_a_full_disk_costs_the_build_and_nothing_else(
    ground: Ground, tmp_path: Path, tally: Tally, effort: Effort
) -> None:
    """Files that may not grow beyond a size stand for a disk that is full at some moment of the build."""
    dice = random.Random(10)
    sizes = [20, 300, 3_000, 30_000, 100_000, 300_000]
    for number in range(effort.of(1, 6, 60)):
        kind = ("fresh", "incremental", "remove")[number % 3]
        store, limit = ground.new(kind), int(dice.choice(sizes) * dice.uniform(0.5, 2))
        ended = ground.forker.run(*ground.commands[kind], "--store", str(store), limit=limit)
        tally.add("faults tried")
        assert "Traceback" not in ended.said and ended.code in (0, 1), (limit, ended.said)
        assert ended.code == 0 or "make room" in ended.said or "cannot" in ended.said, ended.said
        assert ground.graph(store) in (ground.start[kind], ground.wanted[kind]), limit
        assert ground.again(kind, store).code == 0
        assert ground.graph(store) == ground.wanted[kind]
        shutil.rmtree(store)
        tally.add("faults survived")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount")
def test_a_full_file_system(ground: Ground, tmp_path: Path, tally: Tally, effort: Effort) -> None:
    small = tmp_path / "small"
    small.mkdir()
    for kilobytes in (200, 1200, 2000)[: effort.of(1, 3, 3)]:
        size = f"size={kilobytes}k"
        if subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(small)], capture_output=True).returncode:
            pytest.skip("mounting is not allowed here")
        try:
            tally.add("faults tried")
            ended = ground.do("fresh", small / "store")
            assert ended.code in (0, 1) and "Traceback" not in ended.said, ended.said
            assert ground.graph(small / "store") in (b"", ground.wanted["fresh"])
            subprocess.run(["mount", "-o", "remount,size=50m", str(small)], check=True)
            assert ground.do("fresh", small / "store").code == 0
            assert ground.graph(small / "store") == ground.wanted["fresh"]
            subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
            refused = ground.do("incremental", small / "store")
            assert refused.code == 1 and "cannot be written" in refused.said and "Traceback" not in refused.said
            assert ground.graph(small / "store") == ground.wanted["fresh"], "what cannot be written can be read"
            tally.add("faults survived")
        finally:
            subprocess.run(["umount", str(small)], check=True)


def test_an_input_that_vanishes_costs_itself(ground: Ground, tmp_path: Path, tally: Tally) -> None:
    folder, store = many(tmp_path / "texts", 40), tmp_path / "store"
    process = subprocess.Popen(
        command(folder, store, "rules"), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    while process.poll() is None and not (store / "pending.jsonl").exists():
        time.sleep(0.001)
    for path in sorted(folder.iterdir())[20:]:
        path.unlink()
    said, _ = process.communicate(timeout=60)
    tally.add("faults tried")
    assert "Traceback" not in said and process.returncode in (0, 1), said
    assert "left out" in said
    assert ground.forker.run("build", str(folder), "--prune", "--language", "rules", "--store", str(store)).code == 0
    assert len(open_documents(store)) == 20
    tally.add("faults survived")


def test_of_two_writers_one_wins_and_the_other_says_so(ground: Ground, tmp_path: Path, tally: Tally) -> None:
    folder, store = many(tmp_path / "texts", 40), tmp_path / "store"
    both = [
        subprocess.Popen(
            command(folder, store, "rules"), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for _ in range(2)
    ]
    said = [process.communicate(timeout=120)[0] for process in both]
    tally.add("faults tried")
    codes = sorted(process.returncode for process in both)
    assert codes in ([0, 1], [0, 0]), said
    if codes == [0, 1]:
        loser = said[next(i for i, process in enumerate(both) if process.returncode)]
        assert "another process has this store open" in loser and "Traceback" not in loser
    assert len(open_documents(store)) == 40
    with Store.open(store):
        ended = ground.forker.run("build", str(folder), "--language", "rules", "--store", str(store))
    assert ended.code == 1 and "another process has this store open" in ended.said
    tally.add("faults survived")


def test_readers_see_a_whole_state_whatever_is_built(ground: Ground, tally: Tally, effort: Effort) -> None:
    """While builds change the store to and fro, each reading is one of the two graphs, with its texts."""
    store = ground.new("incremental")
    lines = {kind: hash(frozenset(ground.wanted[kind].decode().splitlines())) for kind in ("fresh", "incremental")}
    seen = Counter[int]()
    loop = "from kg.cli import run\nimport sys\nfor _ in range(int(sys.argv[1])):\n"
    loop += "    for texts in sys.argv[3:]:\n"
    loop += "        run(['build', texts, '--language', 'rules', '--prune', '--store', sys.argv[2]])\n"
    texts = [str(ground.place / "after"), str(ground.place / "before")]
    builder = subprocess.Popen(
        [sys.executable, "-c", loop, str(effort.of(2, 6, 100)), str(store), *texts], cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    while builder.poll() is None:
        with Store.open(store, read_only=True) as opened:
            first = hash(frozenset(f"{quad} ." for quad in opened.quads()))
            for document in opened.documents():
                text = opened.text(document.slug)
                where = f"?p wm:passageOf <{document.iri}> ; wm:start ?s ; wm:end ?e ; wm:exact ?x"
                asked = f"SELECT ?s ?e ?x {{ {where} }}"
                for row in opened.query(asked):  # type: ignore[union-attr]
                    assert text[int(row["s"].value) : int(row["e"].value)] == row["x"].value
            assert hash(frozenset(f"{quad} ." for quad in opened.quads())) == first, "a graph changed under its reader"
            seen[first] += 1
    assert builder.returncode == 0
    tally.add("faults tried", seen.total())
    assert set(seen) <= set(lines.values()), "half a state was seen"
    tally.add("faults survived", seen.total())
    tally.note("readings during builds", f"{seen.total():,}, each of one whole state ({len(seen)} seen)")
    shutil.rmtree(store)
