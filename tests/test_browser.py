"""The pages in a real Chromium: the ways of a reader, dark, phone, console, network, accessibility."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote_plus, urljoin, urlsplit

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from kg import pipeline
from kg.store import Store
from tests.browser import NARROW, WIDE, axe, chromium, complaints, foreign, resized, themed, violations
from tests.servers import BASE, ROOT, fetch, kg_serve
from tests.test_pages import SOURCES, TEXTS, Read

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (shutil.which("chromium") and shutil.which("chromedriver")), reason="needs Chromium"),
]
PAGES = {
    "start": "",
    "people": "people",
    "meetings": "meetings",
    "search": "search?q=morales",
    "person": "page/person/ada-morales",
    "party": "page/party/harbour-party",
    "picture": "page/person/ada-morales?picture=network",
    "document": "page/document/a.txt",
    "questions": "query",
    "question": "query/meetings-of?participant=Ada+Morales",
    "editor": "editor",
    "answered": "editor?query=SELECT+%3Fs+%7B+%3Fs+a+wm%3APerson+%7D",
    "raw": "editor?query=SELECT+%3Fs+%7B+%3Fs+a+wm%3APerson+%7D&view=json",
    "example": "editor?example=meetings-of",
    "mistaken": "editor?query=SELECT+%3Fs+%7B%0A%3Fs+a+%7D",
    "about": "about",
    "missing": "page/person/nobody",
}
"""An address of each kind of page; those whose key is made by the program are found through links."""
LINKED = {
    "meeting": "/page/occasion/",
    "statement": "/page/statement/",
    "office": "/page/office/",
    "role": "/page/role/",
    "tenure": "/page/tenure/",
    "place": "/page/place/",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser")
    for name, text in {**TEXTS, "sources.csv": SOURCES}.items():
        (folder / name).write_text(text, "utf-8")
    with Store.open(folder / "kg", BASE) as opened:
        pipeline.build([folder], opened)
    return folder / "kg"


@pytest.fixture(scope="module")
def url(store: Path) -> Iterator[str]:
    with kg_serve(store, store.parent / "log", "--workers", "1") as address:
        yield address


@pytest.fixture(scope="module")
def kinds(url: str) -> dict[str, str]:
    """The address of a page of each kind."""
    links: dict[str, str] = {}
    waiting = [f"{url}/", f"{url}/offices", f"{url}/statements", f"{url}/places", f"{url}/{PAGES['person']}"]
    waiting.append(f"{url}/{PAGES['document']}")
    for address in waiting:
        for link in Read(fetch(address, {"Accept": "text/html"}).text).links:
            then = urljoin(address, link).partition("#")[0]
            for kind, part in LINKED.items():
                if part in then and "?" not in then and kind not in links:
                    links[kind] = then
                    waiting.append(then)
    assert set(links) == set(LINKED)
    return {**{kind: f"{url}/{path}" for kind, path in PAGES.items()}, **links}


@pytest.fixture(scope="module")
def whole(store: Path) -> Iterator[Chrome]:
    with chromium(store.parent) as driver:
        yield driver


@pytest.fixture
def browser(whole: Chrome) -> Iterator[Chrome]:
    """The browser; in the end nothing was complained of, and nobody else asked."""
    resized(whole, WIDE)
    themed(whole, "light")
    complaints(whole), foreign(whole)
    yield whole
    said = [line for line in complaints(whole) if not line.startswith(tuple(f"{at} - Failed" for at in MISSED))]
    MISSED.clear()
    assert said == [] and foreign(whole) == set()


MISSED: set[str] = set()
"""Addresses that a test asks for to see them missed: the browser's console tells of their status."""


def shown(driver: Chrome) -> str:
    return driver.find_element(By.TAG_NAME, "main").text


def come(driver: Chrome, part: str) -> None:
    WebDriverWait(driver, 20).until(lambda _: part in driver.current_url)


def test_from_a_misspelt_name_to_the_marked_sentence(browser: Chrome, url: str) -> None:
    browser.get(f"{url}/")
    browser.find_element(By.ID, "find").send_keys("Moralez", Keys.ENTER)
    come(browser, "search?q=Moralez")
    browser.find_element(By.LINK_TEXT, "Ada Morales").click()
    come(browser, "/page/person/ada-morales")
    browser.find_element(By.CSS_SELECTOR, "#meetings .fact.held h3 a").click()
    come(browser, "/page/occasion/")
    assert "3 March 2020" in shown(browser) and "Skagen" in shown(browser)
    browser.find_element(By.CSS_SELECTOR, ".account .sentence blockquote a").click()
    come(browser, "/page/document/a.txt#char=")
    target = browser.find_element(By.CSS_SELECTOR, ":target")
    assert target.is_displayed() and browser.find_elements(By.CSS_SELECTOR, ".text .meeting")
    place = browser.execute_script("return document.querySelector(':target').getBoundingClientRect().top")
    assert 0 <= place < WIDE[1]


def test_a_question_with_parameters_gives_the_rows_of_the_command(browser: Chrome, url: str, store: Path) -> None:
    browser.get(f"{url}/query/meetings-of")
    browser.find_element(By.ID, "p-participant").send_keys("Ada Morales")
    browser.find_element(By.ID, "p-from").send_keys("2020", Keys.ENTER)
    come(browser, "participant=Ada")
    assert "Jonas Lindqvist" in browser.find_element(By.CSS_SELECTOR, "table").text
    address = browser.find_element(By.LINK_TEXT, "CSV").get_attribute("href")
    command = [sys.executable, "-c", "from kg.cli import main; main()", "query", "meetings-of", "--format", "csv"]
    command += ["--participant", "Ada Morales", "--from", "2020", "--store", str(store)]
    told = subprocess.run(command, capture_output=True, check=True, cwd=ROOT).stdout.decode()
    rows = list(csv.reader(io.StringIO(fetch(str(address)).text)))
    assert rows == list(csv.reader(io.StringIO(told))) and len(rows) > 1


def test_sparql_answers_and_shows_an_error_at_its_line(browser: Chrome, url: str) -> None:
    browser.get(f"{url}/editor")
    browser.find_element(By.CSS_SELECTOR, ".editor button").click()
    come(browser, "query=")
    assert "Ada Morales" in browser.find_element(By.CSS_SELECTOR, "table").text
    field = browser.find_element(By.ID, "query")
    field.clear()
    field.send_keys("SELECT ?s {\n  ?s a\n}")
    browser.find_element(By.CSS_SELECTOR, ".editor button").click()
    WebDriverWait(browser, 20).until(lambda driver: driver.find_elements(By.CSS_SELECTOR, "#problem"))
    assert "line 3" in browser.find_element(By.ID, "problem").text
    chosen = "const q = document.activeElement; return q.value.slice(q.selectionStart, q.selectionEnd)"
    assert browser.execute_script(chosen) == "}"
    assert browser.find_element(By.ID, "query").get_attribute("value").startswith("SELECT ?s {")


def test_the_editor_completes_names_and_asks_by_keyboard(browser: Chrome, url: str) -> None:
    browser.get(f"{url}/editor")
    field = browser.find_element(By.ID, "query")
    field.clear()
    field.send_keys("SELECT ?s { ?s a wm:Pers")
    assert browser.find_element(By.ID, "terms").text == "wm:Person"
    field.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    assert str(field.get_attribute("value")).endswith("a wm:Person")
    field.send_keys(" }", Keys.CONTROL, Keys.ENTER)
    come(browser, "query=")
    assert "Jonas Lindqvist" in browser.find_element(By.CSS_SELECTOR, "table").text


SLOW = f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'?a{n} ?b{n} ?c{n} .' for n in range(6))} }}"
"""A query that would take years."""


def typed(browser: Chrome, text: str) -> None:
    field = browser.find_element(By.ID, "query")
    field.clear()
    field.send_keys(text)


def test_the_editor_colours_what_is_typed(browser: Chrome, url: str) -> None:
    text = """# who ?x\nSELECT ?who { ?who a wm:Person ; rdfs:label "a \\"b\\" # c" . FILTER(?n<3.5 && ?m > 1) } # <x"""
    browser.get(f"{url}/editor")
    typed(browser, text)
    under = browser.find_element(By.CSS_SELECTOR, ".colours")
    assert str(under.get_property("textContent")).rstrip() == text
    coloured = [
        (str(span.get_attribute("class")).removeprefix("is-"), span.get_property("textContent"))
        for span in under.find_elements(By.TAG_NAME, "span")
    ]
    assert coloured == [
        *(("comment", "# who ?x"), ("keyword", "SELECT"), ("variable", "?who"), ("variable", "?who"), ("keyword", "a")),
        *(("name", "wm:Person"), ("name", "rdfs:label"), ("text", '"a \\"b\\" # c"'), ("keyword", "FILTER")),
        *(("variable", "?n"), ("number", "3.5"), ("variable", "?m"), ("number", "1"), ("comment", "# <x")),
    ]
    colours = {span.value_of_css_property("color") for span in under.find_elements(By.TAG_NAME, "span")}
    assert len(colours) == 6 and under.get_attribute("aria-hidden") == "true"


def test_the_colours_lie_where_the_letters_are(browser: Chrome, url: str) -> None:
    text = "\\n".join([f"?x{line} rdfs:label {'word ' * (line % 40)}{'long' * (line % 60)} ." for line in range(90)])
    for size in (WIDE, NARROW):
        resized(browser, size)
        browser.get(f"{url}/editor")
        same = browser.execute_script(
            f"""const field = document.getElementById("query"), under = document.querySelector(".colours");
            field.value = "{text}"; field.dispatchEvent(new Event("input")); field.scrollTop = 700;
            const one = field.getBoundingClientRect(), two = under.getBoundingClientRect();
            under.scrollTop = field.scrollTop;
            return [one.x + field.clientLeft - two.x, one.y + field.clientTop - two.y, field.clientWidth - two.width,
              field.scrollTop - under.scrollTop, Math.abs(field.scrollHeight - under.scrollHeight) > 30,
              getComputedStyle(field).font === getComputedStyle(under).font]"""
        )
        assert same == [0, 0, 0, 0, False, True]


def test_colouring_takes_time_in_proportion_to_the_text(browser: Chrome, url: str) -> None:
    browser.get(f"{url}/editor")
    for part in ("<", '"', '\\"', "'" * 3, '"' * 3 + "\\", "a", "1.", "?", "<a", "#"):
        took = browser.execute_script(
            """const field = document.getElementById("query"), began = performance.now();
            field.value = arguments[0].repeat(49000 / arguments[0].length);
            field.dispatchEvent(new Event("input")); return performance.now() - began""",
            part,
        )
        assert took < 2000, part


def test_a_slow_query_is_cancelled_and_ended(browser: Chrome, url: str) -> None:
    browser.get(f"{url}/editor")
    cancel = browser.find_element(By.ID, "cancel")
    assert not cancel.is_displayed()
    typed(browser, SLOW)
    browser.find_element(By.ID, "ask").click()
    WebDriverWait(browser, 5).until(lambda _: cancel.is_displayed())
    assert "ended after 30 seconds" in shown(browser)
    time.sleep(1)
    cancel.click()
    WebDriverWait(browser, 5).until(lambda _: "Cancelled after" in browser.find_element(By.ID, "status").text)
    assert not cancel.is_displayed() and browser.switch_to.active_element.get_attribute("id") == "ask"
    # the only worker is free again long before the deadline
    began = time.monotonic()
    typed(browser, "ASK {}")
    browser.find_element(By.ID, "ask").click()
    come(browser, "query=ASK")
    assert "Yes." in shown(browser) and time.monotonic() - began < 10


def test_a_query_that_meets_the_deadline_is_told_of(browser: Chrome, store: Path) -> None:
    with kg_serve(store, store.parent / "log", "--workers", "1", "--deadline", "1") as url:
        MISSED.add(f"{url}/editor?query={quote_plus(SLOW, safe='*')}")
        browser.get(f"{url}/editor")
        typed(browser, SLOW)
        browser.find_element(By.ID, "ask").click()
        WebDriverWait(browser, 20).until(lambda driver: driver.find_elements(By.ID, "problem"))
        assert "longer than 1 seconds" in browser.find_element(By.ID, "problem").text
        assert browser.find_element(By.ID, "query").get_attribute("value") == SLOW
        assert not browser.find_element(By.ID, "cancel").is_displayed()


def test_the_editor_loads_examples_and_goes_back(browser: Chrome, url: str) -> None:
    browser.get(f"{url}/editor")
    first = browser.find_element(By.ID, "query").get_attribute("value")
    browser.find_element(By.CSS_SELECTOR, "#examples ~ ul a[href$='example=who-met-whom']").click()
    come(browser, "example=who-met-whom")
    text = str(browser.find_element(By.ID, "query").get_attribute("value"))
    assert text != first and "wm:participant" in text
    browser.find_element(By.ID, "ask").click()
    come(browser, "query=")
    assert "Jonas Lindqvist" in browser.find_element(By.CSS_SELECTOR, "table").text
    browser.back()
    come(browser, "example=who-met-whom")
    WebDriverWait(browser, 20).until(lambda driver: not driver.find_elements(By.TAG_NAME, "table"))


def test_raw_results_beside_the_table(browser: Chrome, url: str) -> None:
    browser.get(f"{url}/editor")
    typed(browser, "SELECT ?name { ?s a wm:Person ; rdfs:label ?name } ORDER BY ?name")
    browser.find_element(By.ID, "ask").click()
    come(browser, "query=")
    starts = {"JSON": '{"head"', "CSV": "name", "TSV": "?name"}
    for form, start in starts.items():
        got = fetch(str(browser.find_element(By.LINK_TEXT, form).get_attribute("href")))
        assert got.status == 200 and form.lower().replace("tsv", "tab") in got.media
        assert got.text.startswith(start) and "Jonas Lindqvist" in got.text
    browser.find_element(By.LINK_TEXT, "Raw CSV").click()
    come(browser, "view=csv")
    assert browser.find_element(By.CSS_SELECTOR, ".raw").text.split("\n") == ["name", "Ada Morales", "Jonas Lindqvist"]


def test_dark_is_dark_and_is_kept(browser: Chrome, url: str) -> None:
    def paper() -> str:
        return str(browser.execute_script("return getComputedStyle(document.body).backgroundColor"))

    browser.get(f"{url}/{PAGES['person']}")
    light = paper()
    browser.find_element(By.CSS_SELECTOR, "button.theme").click()
    dark = paper()
    assert dark != light
    assert not browser.find_element(By.CSS_SELECTOR, ".picture img.light").is_displayed()
    browser.get(f"{url}/about")
    assert paper() == dark
    browser.execute_script("localStorage.clear()")
    themed(browser, "dark")
    browser.get(f"{url}/")
    assert paper() == dark


def test_pictures_are_seen(browser: Chrome, url: str) -> None:
    browser.get(f"{url}/{PAGES['person']}")
    for image in browser.find_elements(By.CSS_SELECTOR, ".picture img.light"):
        browser.execute_script("arguments[0].scrollIntoView()", image)
        WebDriverWait(browser, 30).until(
            lambda driver, one=image: driver.execute_script("return arguments[0].naturalWidth > 100", one)
        )
    browser.find_element(By.CSS_SELECTOR, ".picture figure a").click()
    come(browser, "picture=")
    assert "Jonas Lindqvist" in browser.find_element(By.CSS_SELECTOR, "table").text


def test_nothing_is_cut_off_on_a_phone(browser: Chrome, kinds: dict[str, str]) -> None:
    resized(browser, NARROW)
    MISSED.add(kinds["missing"])
    for kind, address in kinds.items():
        browser.get(address)
        wide = browser.execute_script("return document.documentElement.scrollWidth")
        assert wide <= NARROW[0], (kind, wide)


def test_every_link_of_every_kind_of_page_answers(browser: Chrome, kinds: dict[str, str]) -> None:
    MISSED.add(kinds["missing"])
    links: dict[str, str] = {}
    for address in kinds.values():
        browser.get(address)
        found = browser.execute_script("return [...document.links].map(link => link.href)")
        links.update((link.partition("#")[0], address) for link in found if urlsplit(link).hostname == "127.0.0.1")
    del links[kinds["missing"]]  # which links to its own content
    wrong = {link: (status, page) for link, page in links.items() if (status := fetch(link).status) not in (200, 303)}
    assert wrong == {}


def test_every_link_of_the_site_of_the_seeds_answers(tmp_path: Path) -> None:
    with Store.open(tmp_path / "kg", BASE) as opened:
        pipeline.build([ROOT / "seeds"], opened)
    with kg_serve(tmp_path / "kg", tmp_path / "log") as url:
        known, waiting, wrong = {f"{url}/"}, [f"{url}/"], {}
        while waiting:
            address = waiting.pop()
            got = fetch(address, {"Accept": "text/html, */*;q=0.1"})
            if got.status == 303:
                got = fetch(urljoin(address, got.headers["Location"]), {"Accept": "text/html"})
            if got.status != 200:
                wrong[address] = got.status
            for link in Read(got.text).links if got.media == "text/html" else ():
                then = urljoin(address, link).partition("#")[0]
                drawn = "picture=" in then and "format=" in then and "format=svg" not in then  # the same, once more
                if then.startswith(url) and then not in known and not drawn:
                    known.add(then)
                    waiting.append(then)
    assert wrong == {} and len(known) > 1000


@pytest.mark.skipif(not shutil.which("npm"), reason="needs npm")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_accessibility(browser: Chrome, kinds: dict[str, str], theme: str, store: Path) -> None:
    script = axe(store.parent)
    themed(browser, theme)
    MISSED.add(kinds["missing"])
    wrong = {}
    for kind, address in kinds.items():
        browser.get(address)
        if found := violations(browser, script):
            wrong[kind] = found
    assert wrong == {}
