"""The languages that a catalogue is written in, as its tags and its small words tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from generator.authoring.report import Report
from generator.importers.html import to_line
from generator.standards import vocabulary

# Small words that tell a language from the others.
SMALL_WORDS = {
    "fr": "le la les des du une et dans sur pour par aux est sont",
    "en": "the of and to for with from this that are by on is",
    "et": "ja on ning või ei mis kui see kohta aasta andmed",
    "es": "el los las una y para por con del que se en",
    "de": "der die das und für mit von den im ist ein eine",
    "it": "il lo gli della delle dei per con che sono nel",
    "pt": "o os as uma e para por com do da dos em",
    "nl": "het een van en voor met op de is zijn bij",
    "fi": "ja on sekä tai mukaan ovat sen tiedot joka",
}

FEW = 4
"""Below so many records, one of them is enough to tell that a catalogue has a second language."""
SHARE = 20
"""One record in so many must be in a language before a large catalogue has it."""


def guess_language(texts: Iterable[str]) -> str:
    """
    The language whose small words a catalogue uses most; nothing when there are too few.

    >>> guess_language(["La liste des arbres publics sur le territoire de la Ville et du canton"])
    'fr'
    """
    counts = dict.fromkeys(SMALL_WORDS, 0)
    sets = {language: frozenset(words.split()) for language, words in SMALL_WORDS.items()}
    for text in texts:
        words = re.findall(r"[^\W\d_]+", text.casefold())
        for language, small in sets.items():
            counts[language] += sum(word in small for word in words)
    best, second = sorted(counts.values(), reverse=True)[:2]
    return max(counts, key=lambda language: counts[language]) if best > max(2, second) else ""


def read_tag(tag: str) -> str:
    """
    The code of a language by its tag, by its name, or by its address in the EU's list; nothing for one we do not list.

    >>> read_tag("fr-CA"), read_tag("en_US"), read_tag("cy")
    ('fr', 'en', '')
    """
    text = to_line(tag).replace("_", "-")
    find = vocabulary("languages").find
    term = (
        find(text) or find(text.rstrip("/").rpartition("/")[2]) or find(re.split(r"[-;,]", text)[0]) if text else None
    )
    return term.code if term else ""


def spoken_texts(report: Report, subject: str, texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """
    Texts with their tags by language, "" for one without a tag.

    A language that we do not list never displaces one that we do: it is told and left out, or where it stands alone,
    taken as the source's own.

    >>> spoken_texts(Report(), "a", [("cy", "Afonydd"), ("en", "Rivers")])
    {'en': 'Rivers'}
    """
    found: dict[str, str] = {}
    unlisted: list[tuple[str, str]] = []
    for tag, text in texts:
        if not text.strip():
            continue
        code = read_tag(tag) if tag else ""
        if tag and not code:
            unlisted.append((tag, text))
        elif found.setdefault(code, text) != text:
            report.tell("left-out.more", subject, text)
    for tag, text in unlisted:
        report.tell("left-out.language", subject, tag)
        if not found:
            found[""] = text
    return found


def rank_languages(records: Iterable[Iterable[str]], declared: Iterable[str] = ()) -> tuple[list[str], list[str]]:
    """
    The languages that a catalogue has, the most used first, and those of too few records to count: of each record, the
    languages of its texts. Between two as frequent, the catalogue's own order decides.

    >>> rank_languages([{"en"}, {"en", "fr"}, {"en", "fr"}, {"en"}]), rank_languages([{"en"}] * 30 + [{"de"}])
    ((['en', 'fr'], []), (['en'], ['de']))
    """
    each = [frozenset(languages) - {""} for languages in records]
    each = [languages for languages in each if languages]
    counts = Counter(language for languages in each for language in languages)
    beside = Counter(language for languages in each if len(languages) > 1 for language in languages)
    order = list(declared)
    ranked = sorted(counts, key=lambda code: (-counts[code], order.index(code) if code in order else len(order), code))
    least = 1 if len(each) < FEW else max(2, len(each) / SHARE)

    def counts_as_one(code: str) -> bool:
        return code in order or beside[code] >= least or counts[code] >= max(2, least)

    kept = [code for number, code in enumerate(ranked) if number == 0 or counts_as_one(code)]
    return kept, [code for code in ranked if code not in kept]


def own_language(untagged: Iterable[str], stated: Iterable[str], ranked: Iterable[str]) -> str:
    """
    The language of texts without a tag: what their small words tell, else what most records state, else the one of the
    tags; English when nothing tells.

    >>> own_language(["Berths"], ["en", "en", "fr"], []), own_language(["Berths"], [], [])
    ('en', 'en')
    """
    if guess := guess_language(untagged):
        return guess
    counts = Counter(code for code in stated if code)
    most = min(counts, key=lambda code: (-counts[code], code), default="")
    return most or next(iter(ranked), "") or "en"
