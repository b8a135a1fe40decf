"""What each picture shows, out of a table, and the Vega specification that draws it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from kg import queries
from kg.documents.edtf import bounds
from kg.errors import QueryError, UsageError
from kg.lookup import Source
from kg.tables import Table

_HERE = Path(__file__).resolve().parent
KINDS = {
    "network": "Who met whom",
    "timeline": "Meetings and statements by date",
    "months": "Meetings per month",
    "offices": "Offices over time",
}
"""The pictures and their headings."""
_NODES, _LINES = 60, 45
"""How much of a table can be read in one picture: people of a network, lines of a timeline."""
_LABEL = 58
_LITE = "https://vega.github.io/schema/vega-lite/v6.json"
_INK = {
    "light": {"paper": "#ffffff", "ink": "#1c1e21", "soft": "#585e66", "line": "#d5d0c6", "node": "#14527e"},
    "dark": {"paper": "#1d2024", "ink": "#e8e5df", "soft": "#a9afb7", "line": "#464b52", "node": "#93c7ee"},
}
_GREEN, _BLUE, _GREY = ("#17603a", "#7fd0a0"), ("#1b4f9c", "#9dbdf5"), ("#5d5d5d", "#b0b0b0")
_STATUS = {
    "held": _GREEN,
    "planned": _BLUE,
    "proposed": ("#63408f", "#c9aef0"),
    "cancelled": _GREY,
    "denied": ("#a0221c", "#f09a92"),
    "said": ("#b06a00", "#e0a64a"),
    "current": _GREEN,
    "incoming": _BLUE,
    "former": _GREY,
}
"""The colours of what is shown, on light and on dark."""
_SHAPES = {"current": "circle", "former": "square", "incoming": "triangle-up"}
THEMES = tuple(_INK)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a table is drawn: the named data sets of the specification, and what the reader must know of it."""

    data: Mapping[str, list[Row]]
    note: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A specification with its data, ready to be drawn; `vega` tells Vega from Vega-Lite."""

    spec: Row
    vega: bool
    note: str


@cache
def _query(kind: str) -> queries.Query:
    if kind not in KINDS:
        raise UsageError(f"picture {kind!r}: unknown; there are {', '.join(KINDS)}")
    return queries.load(_HERE / "queries" / f"{kind}.rq")


def parameters(kind: str) -> tuple[queries.Parameter, ...]:
    """What a picture can be asked for. Raises UsageError for a kind that there is not."""
    return tuple(_query(kind).parameters)


def found(kind: str, given: Mapping[str, object], source: Source) -> Table:
    """The table behind a picture. Raises UsageError for an unknown kind, QueryError for parameters it does not take."""
    made = queries.answer(_query(kind), given, source)
    assert isinstance(made, Table)
    return made


def picture(kind: str, table: Table, theme: str = "light") -> Picture:
    """The picture of a table that `found` gave, in the colours of a theme (`THEMES`).

    Raises QueryError where there is nothing to draw.
    """
    if theme not in THEMES:
        raise UsageError(f"theme {theme!r}: unknown; there are {', '.join(THEMES)}")
    shown = _SHOW[kind](table)
    if not any(shown.data.values()):
        raise QueryError(f"picture {kind!r}: nothing is known that it could show; ask for less or another name")
    spec = json.loads((_HERE / "specs" / f"{kind}.json").read_text("utf-8"))
    ink, vega = _INK[theme], "/vega/" in spec["$schema"]
    if vega:
        spec["background"] = ink["paper"]
        spec["height"] = min(160 + 24 * len(shown.data["nodes"]), spec["height"])
        spec["signals"] = [*({"name": name, "value": colour} for name, colour in ink.items()), *spec["signals"]]
        for data in spec["data"]:
            data.update({"values": shown.data[data["name"]]} if data["name"] in shown.data else {})
    else:
        spec["datasets"] = dict(shown.data)
        spec["config"] = _config(ink)
        _colour(spec, {name: pair[THEMES.index(theme)] for name, pair in _STATUS.items()})
    return Picture(spec, vega, shown.note)


def empty(theme: str = "light") -> Picture:
    """The picture that says that there is nothing to show."""
    words = "Nothing is known that this picture could show."
    mark = {"type": "text", "text": words, "color": _INK[theme]["soft"], "fontSize": 13, "font": "sans-serif"}
    spec = {"$schema": _LITE, "background": _INK[theme]["paper"], "width": 420, "height": 60, "data": {"values": [{}]}}
    return Picture({**spec, "mark": mark, "config": {"view": {"stroke": None}}}, False, "")


def _config(ink: Mapping[str, str]) -> Row:
    axis = {"labelColor": ink["ink"], "titleColor": ink["soft"], "domainColor": ink["line"], "tickColor": ink["line"]}
    return {
        "background": ink["paper"],
        "font": "sans-serif",
        "view": {"stroke": None},
        "axis": {**axis, "gridColor": ink["line"], "gridOpacity": 0.6, "labelFontSize": 12},
        "legend": {"labelColor": ink["ink"], "titleColor": ink["soft"], "labelFontSize": 12},
        "text": {"color": ink["ink"]},
        "rule": {"color": ink["line"]},
    }


def _colour(spec: Any, colours: Mapping[str, str]) -> None:
    """Give every scale of statuses its colours or shapes, in their order; only those that occur."""
    occurring = {row.get("what") for rows in spec["datasets"].values() for row in rows}
    names = [name for name in dict.fromkeys(colours) if name in occurring]
    for layer in spec.get("layer", [spec]):
        for channel, look in (("color", colours), ("shape", _SHAPES)):
            scaled = layer.get("encoding", {}).get(channel, {})
            if scaled.get("field") == "what":
                scaled["scale"] = {"domain": names, "range": [look[name] for name in names]}


def _network(table: Table) -> Shown:
    """The people who met most, and all meetings between them."""
    rows = list(table)
    weight: dict[str, int] = {}
    for row in rows:
        for end in (row["person"], row["met"]):
            weight[end] = weight.get(end, 0) + row["occasions"]
    kept = set(sorted(weight, key=lambda iri: (-weight[iri], iri))[:_NODES])
    names = {row[end]: _short(row[f"{end}Name"], 26) for row in rows for end in ("person", "met")}
    order = sorted(kept, key=lambda iri: (-weight[iri], iri))
    place = {iri: number for number, iri in enumerate(order)}
    nodes = [{"name": names[iri], "weight": weight[iri]} for iri in order]
    links = [
        {"source": place[row["person"]], "target": place[row["met"]], "value": row["occasions"]}
        for row in rows
        if row["person"] in kept and row["met"] in kept
    ]
    return Shown({"nodes": nodes, "links": links}, _left(len(kept), len(weight), "people", "who met most often"))


def _timeline(table: Table) -> Shown:
    """One line for each, the latest ones."""
    rows = list(table)
    lines = [
        {
            "line": f"{number:06}\t{_short(row['nodeName'])}",
            "what": row["what"],
            **_interval(row["earliest"], row["latest"]),
        }
        for number, row in enumerate(rows)
    ][-_LINES:]
    return Shown({"lines": lines}, _left(len(lines), len(rows), "lines", "with the latest dates"))


def _interval(earliest: date | None, latest: date | None) -> Row:
    """From and to as days; `sure` is "day", "range" or "open", where one end is drawn alone."""
    first, last = earliest or latest, latest or earliest
    sure = "open" if earliest is None or latest is None else "day" if earliest == latest else "range"
    return {"from": str(first), "to": str(last), "sure": sure}


def _months(table: Table) -> Shown:
    rows = [{"month": f"{row['month']}-01", "what": row["status"], "meetings": row["meetings"]} for row in table]
    return Shown({"months": rows}, "Only meetings whose date is known to the month are counted.")


def _offices(table: Table) -> Shown:
    """One line for each holder of an office, a dot for each document."""
    groups: dict[str, list[Row]] = {}
    for row in table:
        of = f" of {row['ofName']}" if row["ofName"] else ""
        try:
            day = bounds(str(row["published"])).earliest
        except ValueError:
            continue
        if day:
            told = {"day": str(day), "what": row["status"], "document": row["documentName"]}
            groups.setdefault(f"{row['personName']}, {row['title']}{of}", []).append(told)
    kept = dict(list(groups.items())[:_LINES])
    ends = []
    for name, dots in kept.items():
        now = [one["day"] for one in dots if one["what"] == "current"]
        if now:
            ends.append({"line": _short(name), "from": min(now), "to": max(now), "what": "current"})
    every = [{"line": _short(name), **one} for name, dots in kept.items() for one in dots]
    return Shown({"dots": every, "ends": ends}, _left(len(kept), len(groups), "holders", "that come first"))


def _left(kept: int, whole: int, what: str, which: str) -> str:
    return f"The {kept} {what} {which}, of {whole}." if kept < whole else ""


def _short(text: str, most: int = _LABEL) -> str:
    plain = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"


_SHOW: Mapping[str, Callable[[Table], Shown]] = {
    "network": _network,
    "timeline": _timeline,
    "months": _months,
    "offices": _offices,
}
