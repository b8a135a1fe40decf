"""Texts that nobody writes and somebody sends: each made to any length, by what it repeats."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

_NAMES = ("Ada Quill", "Jens Holm", "Mira Osei", "Tomas Eklund", "Lena Fiala")


def _again(piece: str) -> Callable[[int], str]:
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def _numbered(form: str) -> Callable[[int], str]:
    """A form with `{n}`, and with names that never come twice as `{a}` and `{b}`."""

    def made(size: int) -> str:
        pieces: list[str] = []
        length = 0
        for n in count():
            piece = form.format(n=n, a=_name(n), b=_name(7 * n + 3))
            pieces.append(piece)
            length += len(piece)
            if length >= size:
                return "".join(pieces)[:size]
        raise AssertionError

    return made


def _name(n: int) -> str:
    """The n-th of millions of names, each a first name and a surname that no list holds."""
    letters = "bdfgklmnprstvz"
    vowels = "aeiou"
    word = ""
    rest = n
    for _ in range(3):
        rest, consonant = divmod(rest, len(letters))
        rest, vowel = divmod(rest, len(vowels))
        word += letters[consonant] + vowels[vowel]
    return f"{_NAMES[n % 5].split()[0]} {word.capitalize()}"


CASES: dict[str, Callable[[int], str]] = {
    "straight quotation marks": _again('"'),
    "opening quotation marks": _again("“"),
    "closing quotation marks": _again("”"),
    "single quotation marks": _again("'"),
    "quotation marks of all kinds": _again("“‘\"'«„»‚’”‹›``''"),
    "quotation marks and words": _again('"a "b" c" d '),
    "quotations opened in every paragraph": _again("“We met the minister on Tuesday\n\n"),
    "single quotations opened in every paragraph": _again("He said ‘we met the minister\n\n"),
    "quotations in quotations": _again("“a ‘b “c ‘d "),
    "capital letters": _again("A"),
    "capital letters apart": _again("A B C D "),
    "capitalised words": _again("Aba Bab Cac Dad "),
    "words in capitals": _again("MINISTER MET PRESIDENT "),
    "small letters": _again("a"),
    "met with": _again("met with "),
    "met and": _again("Ada Quill met and "),
    "said": _again("said "),
    "said that": _again("said that he said that "),
    "the": _again("the "),
    "of": _again("of the "),
    "and": _again("and "),
    "he": _again("he "),
    "former": _again("former deputy prime minister of the "),
    "opening brackets": _again("("),
    "brackets": _again("()[]{}"),
    "brackets opened before words": _again("(Quill "),
    "square brackets": _again("[1]"),
    "commas": _again(","),
    "commas and a name": _again("Ada Quill, "),
    "full stops": _again("."),
    "full stops apart": _again(". "),
    "initials": _again("A. B. "),
    "ellipses": _again("… "),
    "question marks": _again("?! "),
    "one name again and again": _again("Ada Quill "),
    "one name, a sentence each": _again("Ada Quill spoke. "),
    "names that differ": _numbered("{a} met {b}. "),
    "names that differ, in a list": _numbered("{a}, "),
    "names that differ, on lines": _numbered("{a}\n"),
    "people who say": _numbered("“We agree on {n},” said {a}, the minister for {n}. "),
    "offices": _numbered("{a}, the leader of the {b} Party, met the mayor of Port {n}. "),
    "unnamed speakers": _again("A senior source said that they would go. "),
    "pronouns": _again("She said he told her that they met him. "),
    "descriptions": _again("The prime minister met the president. "),
    "meetings of two": _again("Ada Quill met Jens Holm in London on 3 May 2019. "),
    "one long sentence of meetings": _again("and Ada Quill met Jens Holm in London on Tuesday "),
    "digits": _again("7"),
    "digits and points": _again("1.2.3.4,5"),
    "dates": _again("29 February 2016 "),
    "days and months": _again("Monday May Tuesday June "),
    "last week": _again("last week on the first of "),
    "dates parted by dashes": _again("1-2 May - 3 June 2019 to "),
    "line ends": _again("\n"),
    "line ends of Windows": _again("\r\n"),
    "spaces": _again(" "),
    "tabs": _again("\t"),
    "space between letters": lambda size: "a" + " " * (size - 2) + "b",
    "no-break spaces": _again("a\u00a0"),
    "lines of one letter": _again("a\n"),
    "lines of one capital": _again("A\n"),
    "lines broken by mail": _again("the minister met the other ministers in the city on the day\n"),
    "hyphens": _again("-"),
    "hyphens between words": _again("well-"),
    "dashes": _again("– — "),
    "list bullets": _again("• Ada Quill\n"),
    "bullets alone": _again("• "),
    "numbered lines": _numbered("{n}. Secretary\n"),
    "labels": _again("Secretary: Ada Quill\n"),
    "colons": _again("A: "),
    "slashes": _again("a/"),
    "addresses": _again("https://a.example/b?c=d&"),
    "mail addresses": _again("a@b."),
    "markup": _again("<a><b>"),
    "apostrophes": _again("o'"),
    "possessives": _again("Quill's "),
    "ampersands": _again("A & "),
    "underscores": _again("_"),
    "asterisks": _again("*"),
    "backslashes": _again("\\"),
    "bars": _again("a | "),
    "NUL": _again("a\x00"),
    "escapes": _again("\x1b[31mAda Quill\x1b[0m met Jens Holm. "),
    "marks of direction": _again("\u202eAda Quill\u202c met Jens\u200f Holm. "),
    "spaces without width": _again("A\u200bd\u200ba met "),
    "accents without end": lambda size: "a" + "\u0301" * (size - 1),
    "emoji": _again("👩‍👩‍👧 "),
    "letters of all tongues": _again("Я Ω ش 王 "),
    "surrogates replaced": _again("\ufffd"),
    "no case, wide": _again("İ ı ß "),
    "datelines": _again("LONDON, May 3 (Reuters) - "),
    "dateline without an end": _again("LONDON, "),
    "bylines": _again("By Ada Quill and Jens Holm\n"),
    "invitations": _again("Ada Quill invited Jens Holm to meet her in London. "),
    "denials": _again("Ada Quill denied that she met Jens Holm. "),
    "acronyms": _again("the National Union of Mines (NUM) "),
    "letters of one word": _again("Mississippi"),
}
"""By what they repeat: a function from a length in characters to a text."""
