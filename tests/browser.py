"""A real Chromium without a window, driven over its own driver, that may speak to 127.0.0.1 alone."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--window-size=1200,900",
    "--hide-scrollbars",
)
WIDE, NARROW = (1200, 900), (390, 844)


@contextmanager
def chromium(folder: Path) -> Iterator[webdriver.Chrome]:
    """A browser with a profile of its own below a folder; ended with the block."""
    options = Options()
    options.binary_location = str(shutil.which("chromium"))
    for option in (*OPTIONS, f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = Service(str(shutil.which("chromedriver")), log_output=str(folder / "driver.log"))
    driver = webdriver.Chrome(options=options, service=service)
    driver.set_page_load_timeout(60)
    try:
        yield driver
    finally:
        driver.quit()


def resized(driver: webdriver.Chrome, size: tuple[int, int]) -> None:
    """Give the page a width and height, as a phone would have them."""
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size == NARROW},
    )


def themed(driver: webdriver.Chrome, theme: str) -> None:
    """The reader's system is light or dark."""
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": theme}]}
    )


def complaints(driver: webdriver.Chrome) -> list[str]:
    """What the console said since the last time."""
    return [entry["message"] for entry in driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]


def foreign(driver: webdriver.Chrome) -> set[str]:
    """Hosts other than 127.0.0.1 that a page asked since the last time."""
    hosts = set()
    for entry in driver.get_log("performance"):
        message: dict[str, Any] = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            parts = urlsplit(message["params"]["request"]["url"])
            if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
                hosts.add(str(parts.hostname))
    return hosts


def axe(folder: Path) -> str:
    """The script of axe-core, fetched by npm into a folder."""
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), "axe-core@4"]
        subprocess.run(command, check=True, capture_output=True, timeout=240, cwd=folder)
    return script.read_text("utf-8")


def violations(driver: webdriver.Chrome, script: str) -> list[str]:
    """What axe-core finds on the page: rule, place, and what is wrong."""
    # run through the driver, which the pages' Content-Security-Policy does not bind
    driver.execute_script(script)
    found = driver.execute_async_script(
        "const done = arguments[0]; axe.run().then(found => done(found.violations), error => done([{id: String(error),"
        " nodes: []}]));"
    )
    return [
        f"{one['id']}: {node['target']}: {node['failureSummary']}"
        for one in found
        for node in (one["nodes"] or [{"target": "", "failureSummary": ""}])
    ]
