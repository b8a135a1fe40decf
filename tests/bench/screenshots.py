"""Pictures of each kind of page of the seeds' site, light, dark, wide and narrow: `python tests/bench/screenshots.py`.

They go to tests/bench/output/screenshots, which git does not keep. `--texts DIR` takes other texts.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from kg import pipeline  # noqa: E402
from kg.store import Store  # noqa: E402
from tests.browser import NARROW, WIDE, chromium, resized, themed  # noqa: E402
from tests.servers import BASE, fetch, kg_serve  # noqa: E402
from tests.test_pages import Read  # noqa: E402

OUTPUT = Path(__file__).parent / "output" / "screenshots"
PLAIN = {
    "start": "",
    "meetings": "meetings",
    "people": "people",
    "search": "search?q=labor",
    "questions": "query",
    "question": "query/who-met-whom",
    "editor": "editor?query=SELECT+%3Fs+%7B+%3Fs+a+wm%3APerson+%7D",
    "mistaken": "editor?query=SELECT+%3Fs+%7B%0A%3Fs+a+%7D",
    "about": "about",
    "picture": "?picture=network",
}
LISTS = {
    "person": "people",
    "party": "parties",
    "organisation": "organisations",
    "place": "places",
    "occasion": "meetings",
    "statement": "statements",
    "office": "offices",
    "document": "documents",
}
HIGHEST = 6000
"""Pixels of a page that are taken at most."""


def pages(url: str) -> dict[str, str]:
    """The address of a page of each kind: of nodes, the first of their list."""
    found = {kind: f"{url}/{path}" for kind, path in PLAIN.items()}
    for kind, name in LISTS.items():
        links = Read(fetch(f"{url}/{name}", {"Accept": "text/html"}).text).links
        first = next((link for link in links if f"page/{kind}/" in link), None)
        if first:
            found[kind] = urljoin(f"{url}/{name}", first)
    return found


def main() -> None:
    """Build, serve, and take them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, default=ROOT / "seeds", help="the texts of the site [default: seeds]")
    texts = parser.parse_args().texts
    OUTPUT.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as place:
        folder = Path(place)
        with Store.open(folder / "kg", BASE) as store:
            pipeline.build([texts], store)
        with kg_serve(folder / "kg", folder / "log") as url, chromium(folder) as driver:
            for kind, address in pages(url).items():
                for width, size in (("wide", WIDE), ("narrow", NARROW)):
                    for theme in ("light", "dark"):
                        themed(driver, theme)
                        resized(driver, size)
                        driver.get(address)
                        high = driver.execute_script("return document.documentElement.scrollHeight")
                        resized(driver, (size[0], min(max(high, size[1]), HIGHEST)))
                        driver.execute_async_script(
                            "const done = arguments[0], seen = [...document.images].filter(one => one.offsetParent);"
                            "seen.forEach(one => one.loading = 'eager');"
                            "Promise.all(seen.map(one => one.decode().catch(() => 0))).then(() => done());"
                        )
                        driver.save_screenshot(str(OUTPUT / f"{kind}-{width}-{theme}.png"))
                print(kind, flush=True)
    print(f"{len(list(OUTPUT.glob('*.png')))} pictures in {OUTPUT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
