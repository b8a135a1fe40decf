"""A document as the name finder sees it: its words, and the model's names cut to what belongs to them."""

from __future__ import annotations

from kg.find.names.lists import Word
from kg.find.names.sheet import Sheet, Stretch
from kg.language.analysis import Analysis, ModelName
from kg.model import Kind

KINDS: dict[str, Kind] = {"PER": "Person", "PARTY": "Party", "ORG": "Organisation", "PLACE": "Place"}
_POSSESSIVE = frozenset({"'s", "'", "’"})
_ENDS = frozenset(".)+!")
_SMALL = frozenset({"and", "of", "the", "for", "&"})
_PANELS = frozenset({"Committee", "Subcommittee", "Panel"})
_HEAD = Word.STRONG_BODY | Word.STRONG_PLACE | Word.PARTY
_PEERS = frozenset({"Lord", "Lady", "Baroness", "Sir", "Dame", "Baron"})
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "la", "le", "el"})
# With a capital of their own they belong to a name: "El País", "An Post".
_FOREIGN = frozenset({"La", "Le", "El"})


class Page(Sheet):
    """One document's tokens, and the language model's names in it, cut to what belongs to a name."""

    def __init__(self, analysis: Analysis) -> None:
        super().__init__(analysis)
        self.model: dict[Stretch, Kind] = {}
        self.model_at: dict[int, Kind | None] = {}
        self.model_in: dict[int, Stretch] = {}
        self._take(analysis.names)
        self.offices = {
            i: (n.first, n.last) for n in analysis.names if n.label == "ROLE" for i in range(n.first, n.last)
        }
        self.surnames: dict[str, str] = {}
        self.firsts: dict[str, str] = {}
        self.acronyms: dict[str, str] = {}
        self.memory: dict[str, tuple[Kind, float]] = {}
        self.begins: dict[int, tuple[int, Kind]] = {}
        self.ends: dict[int, tuple[int, Kind]] = {}
        self.listed: dict[Stretch, tuple[Kind | None, str]] = {}
        self.seen: dict[str, set[Stretch]] = {}

    def _take(self, names: tuple[ModelName, ...]) -> None:
        for name in names:
            person = self._titled(name.first, name.last) or self._unaligned(name.first, name.last)
            kind = "Person" if person else KINDS.get(name.label)
            if kind == "Organisation" and self.texts[name.last - 1] in self.lists.sides:
                kind = "Party"
            stretch = self.trim(name.first, name.last, kind)
            if kind and stretch[0] < stretch[1] and not self._parts(stretch):
                self.model[stretch] = kind
                self.model_in.update((i, stretch) for i in range(*stretch))
            for i in range(name.first, name.last):
                self.model_at[i] = kind if stretch[0] <= i < stretch[1] else None

    def _parts(self, stretch: Stretch) -> bool:
        """Whether the model read two names, or an office, as one."""
        return bool(self.halves(stretch) or self.behind_place(stretch) or self._office_opens(stretch))

    def _titled(self, first: int, last: int) -> bool:
        """Whether the words are a title and given names alone, "King Edwin", or a peer's title and one plain word."""
        rest = self.flags[first + 1 : last]
        if not rest or not self.flags[first] & Word.HONORIFIC:
            return False
        peer = last - first == 2 and self.texts[first] in _PEERS and rest[0] in (Word.NONE, Word.SMALL)
        return peer or all(flag & Word.GIVEN for flag in rest)

    def _office_opens(self, stretch: Stretch) -> bool:
        """Whether offices in the plural stand before "of": "Prime Ministers of Poland"."""
        first, last = stretch
        if "of" not in self.texts[first + 1 : last]:
            return False
        head = self.texts.index("of", first, last) - 1
        plural = self.texts[head].endswith("s") and self.flags[head] & Word.OFFICE and not self.flags[head] & Word.BODY
        return bool(plural) and all(self.flags[i] & (Word.OFFICE | Word.MODIFIER) for i in range(first, head + 1))

    def _unaligned(self, first: int, last: int) -> bool:
        """Whether "Independent" and two plain words are read as one name: "Independent Kirra Holt"."""
        plain = all(not self.flags[i] & ~(Word.GIVEN | Word.SMALL) for i in range(first + 1, last))
        return self.texts[first] == "Independent" and last - first == 3 and plain

    def behind_place(self, stretch: Stretch) -> int:
        """Where the name of a person begins behind a place's, "mayor of Tel Aviv Joanna Harcourt"; 0 if nowhere."""
        first, last = stretch
        if self.flags[first] & Word.GIVEN:
            return 0
        for entry in self.lists.known.get(self.texts[first], ()):
            rest = first + len(entry.words)
            person = last - rest == 2 and self.flags[rest] & Word.GIVEN and not self.flags[last - 1] & _HEAD
            if entry.kind == "Place" and person and tuple(self.texts[first:rest]) == entry.words:
                return rest
        return 0

    def halves(self, stretch: Stretch) -> tuple[Stretch, ...]:
        """The two names, known or with a head each, that a stretch joins with "and"; () where it joins none."""
        first, last = stretch
        for i in range(first + 1, last - 1):
            if self.texts[i] in ("and", "&", ",", "/"):
                pair = (first, i), (i + 1, last)
                if all(map(self.is_known, pair)) and not self.is_known(stretch):
                    return pair
                if all(end - start > 1 and self.flags[end - 1] & _HEAD for start, end in pair):
                    return pair
                if self._of_place(pair[0]) and self._opens_body(pair[1]):
                    return pair
                if self._closed(pair[0]) and self._lone(pair[1]):
                    return pair
        return ()

    def _closed(self, stretch: Stretch) -> bool:
        """Whether a head ends it that no "of" opened: "Federal Police"."""
        first, last = stretch
        links = any(self.texts[i] in self.lists.links or self.texts[i] in (",", "and", "&") for i in range(first, last))
        return last - first > 1 and not links and bool(self.flags[last - 1] & Word.STRONG_BODY)

    def _lone(self, stretch: Stretch) -> bool:
        """Whether it is one word of which no list knows anything, as names of bodies are and fields are not."""
        first, last = stretch
        return last - first == 1 and self.flags[first] == Word.NONE and self.texts[first].lower() not in self.lists.said

    def _of_place(self, stretch: Stretch) -> bool:
        """Whether it is a whole body's name with the place behind it: "Law Society of Kenya"."""
        first, last = stretch
        links = [i for i in range(first + 1, last - 1) if self.texts[i] in ("of", "for")]
        if not links or not self.is_known((links[-1] + 1, last)):
            return False
        return bool(self.flags[links[-1] - 1] & _HEAD) and links[-1] - first > 1

    def _opens_body(self, stretch: Stretch) -> bool:
        """Whether it is a body's name that begins with a place or people: "Kenya Human Rights Commission"."""
        first, last = stretch
        if last - first < 2 or not self.flags[last - 1] & Word.STRONG_BODY:
            return False
        place = any(entry.kind == "Place" for entry in self.lists.known.get(self.texts[first], ()))
        return place or bool(self.flags[first] & Word.DEMONYM)

    def _article(self, i: int) -> bool:
        text = self.texts[i]
        own = text in _FOREIGN or (text == "An" and not self.initial[i])
        return text.lower() in _ARTICLES and (self.loud[i] or not own)

    def trim(self, first: int, last: int, kind: Kind | None) -> Stretch:
        """The stretch without article, honorific, office, possessive or letters that do not belong to the name."""
        while first < last and (self._article(first) or not self.texts[first][0].isalnum() or self._low(first)):
            first += 1
        while last > first and (
            self.texts[last - 1] in _POSSESSIVE
            or self.texts[last - 1] in _SMALL
            or not self._ends_well(self.texts[last - 1])
        ):
            last -= 1
        last = self._without_owner(first, last)
        opened = "".join(self.texts[first:last])
        if last > first and self.texts[last - 1] == ")" and "(" not in opened:
            last -= 1
        elif opened.count("(") > opened.count(")") and last < self.size and self.texts[last] == ")":
            last += 1
        while first < last - 1 and self.flags[first] & Word.FORMER:
            first += 1
        return self._bare_person(first, last) if kind == "Person" else self._bare_body(first, last, kind)

    def _without_owner(self, first: int, last: int) -> int:
        """The end without a place that owns what follows: "Sport Committee | of Britain's House of Commons"."""
        owned = last - first > 3 and self.is_owned(last - 2)
        return last - 2 if owned or (last - first > 3 and self._own_country(first, last)) else last

    def _own_country(self, first: int, last: int) -> bool:
        """Whether a known party's name without a head goes on with its country: "Civic Platform | of Poland"."""
        if self.texts[last - 2] != "of" or any(self.flags[i] & _HEAD for i in range(first, last)):
            return False
        bare, place = tuple(self.texts[first : last - 2]), self.texts[last - 1]
        entries = self.lists.known.get(self.texts[first], ())
        return any(e.words == bare and e.kind == "Party" and e.country == place for e in entries)

    def is_owned(self, end: int) -> bool:
        """Whether "of" and a place that owns another body stand behind a panel that ends at `end`."""
        if not 0 < end < self.size - 3 or self.texts[end] != "of" or self.texts[end - 1] not in _PANELS:
            return False
        owner = self.texts[end + 2] == "'s" and self.capital[end + 3]
        return owner and self.is_known((end + 1, end + 2))

    def _low(self, i: int) -> bool:
        """Whether a word without a capital opens no name: "of Wales", but "al-Masri" and "uMkhonto"."""
        text = self.texts[i]
        known = text in self.lists.prefixes or text in self.lists.particles or text in self.lists.known
        return text.islower() and not known

    @staticmethod
    def _ends_well(text: str) -> bool:
        return text[-1].isalnum() or text[-1] in _ENDS

    def _bare_person(self, first: int, last: int) -> Stretch:
        """Without honorifics, offices and a body's name in front, and letters behind."""
        if self._portfolio(first, last) or (self.texts[first] == "Independent" and last - first > 2):
            first += 1
        while first < last - 1 and not self.flags[first] & Word.GIVEN:
            body = any(len(e.words) == 1 and e.kind != "Place" for e in self.lists.known.get(self.texts[first], ()))
            if not (self.flags[first] & (Word.HONORIFIC | Word.OFFICE) or (body and last - first > 2)):
                break
            first += 1
        while (
            last - 1 > first
            and self.flags[last - 1] & (Word.AFTER | Word.OFFICE)
            and self.texts[last - 1][:2] not in ("Jr", "Sr")
        ):
            last -= 1
        return first, last

    def _portfolio(self, first: int, last: int) -> bool:
        """Whether the first word ends an office: "Minister of Migration and | Asylum Anna Reyes"."""
        plain = last - first > 2 and not self.flags[first] & Word.GIVEN and self.flags[first + 1] & Word.GIVEN
        if not plain or first < 2 or self.texts[first - 1] not in ("and", "for", "of", "&", ","):
            return False
        return any(self.texts[i].lower() in self.lists.offices for i in range(max(0, first - 8), first - 1))

    def _bare_body(self, first: int, last: int, kind: Kind | None) -> Stretch:
        """Without a number in front, but for an address, and an office behind: "Labour Club | Co-Chair"."""
        while first < last - 1 and self.texts[first].isdigit() and kind != "Place":
            first += 1
        end = last
        while end > first + 1 and self.texts[end - 1] in self.lists.offices:
            end -= 1
            last = end
        while end > first + 1 and self.flags[end - 1] & Word.OFFICE and not self.flags[end - 1] & Word.BODY:
            end -= 1
            while end > first + 1 and (self.flags[end - 1] & Word.MODIFIER or self.texts[end - 1] in ("-", "and", "&")):
                end -= 1
        return (first, end) if end < last and self.texts[end - 1] not in ("of", "the", "'s") else (first, last)
