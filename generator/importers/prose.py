"""Markdown of the source held to what a page can show: what `vitrine check` would tell of is mended, and told."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from generator.authoring.report import Report
from generator.importers.links import find_marks
from generator.rules.markdown import find_forbidden
from generator.site.addresses import EXTERNAL, resolve
from generator.source.front_matter import FRONT_MATTER
from generator.standards import PROSE, properties
from generator.text.code_spans import mask_code
from generator.text.markdown import SCHEMES, TARGET, find_anchors
from generator.text.tangles import LONGEST_LINE, find_tangle

MARKS = str.maketrans(dict.fromkeys("[](){}*_`&\\<>#=~|", " "))
"""Whatever a tangle is made of, as spaces."""

LEADING = re.compile(r"^[ \t]*(?:(?:[-+]|\d+[.)])[ \t]+)*(?:-+[ \t]*$)?", re.MULTILINE)
PIECE = re.compile(rf".{{1,{LONGEST_LINE // 2}}}(?=\s|$)|.{{1,{LONGEST_LINE // 2}}}")

DELIMITERS = re.compile(r"\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?")
BAR = re.compile(r"(?<!\\)(?:\\\\)*(\|)")


@dataclass(frozen=True)
class ProseMender:
    """`paths` are the pages and files that the portal will have, as links lead to them."""

    report: Report
    paths: Container[str]

    def mend_object(self, values: Mapping[str, Any], kind: str, subject: str, folder: str) -> dict[str, Any]:
        """An object whose texts, and those of what it holds, can be shown."""
        mended = dict(values)
        for row in properties()[kind].values():
            value = values.get(row.name)
            inside = row.range.removeprefix("object:")
            if row.range in PROSE:
                mended[row.name] = self.mend_value(value, subject, folder)
            elif inside in ("Distribution", "DataService") and isinstance(value, list):
                place = "" if inside == "Distribution" else "service/"
                mended[row.name] = [
                    self.mend_object(item, inside, subject, f"{place}{item.get('id', '')}/" if place else folder)
                    for item in value
                ]
        return {key: value for key, value in mended.items() if key in values}

    def mend_page(self, path: str, data: bytes) -> bytes:
        """A page of ours, whose body stands below its front matter."""
        text = data.decode("utf-8")
        head = FRONT_MATTER.match(text)
        start = head.end() if head else 0
        folder = path.removeprefix("content/").rpartition(".md")[0]
        return (text[:start] + self.mend(text[start:], path, f"{folder}/")).encode()

    def mend_value(self, value: Any, subject: str, folder: str) -> Any:
        """A text, or a text in each language."""
        if isinstance(value, Mapping):
            return {key: self.mend_value(words, subject, folder) for key, words in value.items()}
        return self.mend(value, subject, folder) if isinstance(value, str) else value

    def mend(self, text: str, subject: str, folder: str) -> str:
        """
        A text that a page shows whole.

        >>> report = Report()
        >>> ProseMender(report, {"dataset/b/"}).mend("[a](/gone) [b](/dataset/b/) [c](#d) <sub>e", "f", "dataset/f/")
        'a [b](/dataset/b/) c e'
        >>> [event.code for event in report.events]
        ['left-out.open-tag', 'links.unlinked', 'links.unlinked']
        """
        if find_tangle(text) is not None:
            self.report.tell("kept.tangled", subject, text[:60])
            return untangle(text)
        text = self.mend_tables(text, subject)
        text = self.mend_tags(text, subject)
        return self.mend_links(text, subject, folder)

    def mend_tables(self, text: str, subject: str) -> str:
        """Tables whose cells held a bar: a row with more cells than its table has columns loses none."""
        if "|" not in text:
            return text
        lines, shown = text.split("\n"), mask_code(text).split("\n")
        for number, surplus in surplus_bars(shown):
            row = lines[number]
            self.report.tell("kept.table-row", subject, row.strip())
            for start in reversed(surplus):
                row = f"{row[:start]}\\{row[start:]}"
            lines[number] = row
        return "\n".join(lines)

    def mend_tags(self, text: str, subject: str) -> str:
        """Tags that a page leaves out, as words; those left open, which would lower or raise all that follows, go."""
        for name in ("sub", "sup"):
            shown = mask_code(text)
            if not is_closed(name, shown):
                self.report.tell("left-out.open-tag", subject, f"<{name}>")
                for match in reversed(list(re.finditer(rf"</?{name}\s*>", shown, re.IGNORECASE))):
                    text = text[: match.start()] + text[match.end() :]
        names = {
            name.strip("<>") for code, found, *_ in find_forbidden(text) if code.endswith("-tag") for name in found
        }
        if not names:
            return text
        for name in sorted(names):
            self.report.tell("kept.tag", subject, f"<{name}>")
        pattern = rf"</?(?:{'|'.join(map(re.escape, names))})(?![\w-])"
        return written_out(text, [match.start() for match in re.finditer(pattern, mask_code(text), re.IGNORECASE)])

    def mend_links(self, text: str, subject: str, folder: str) -> str:
        """Links that lead nowhere, as the words that they had."""
        anchors = find_anchors(text) if "#" in text else ()
        return self.unlink(text, subject, folder, anchors)

    def unlink(self, text: str, subject: str, folder: str, anchors: Container[str]) -> str:
        targets = list(TARGET.finditer(mask_code(text)))
        links = {match.start("target"): match for match in find_marks(text) if match["target"]} if targets else {}
        done = len(text)
        for match in reversed(targets):
            group = match.lastindex or 1
            if match.start() >= done or self.leads(match[group], folder, anchors):
                continue
            self.report.tell("links.unlinked", subject, match[group])
            start = match.start(group)
            whole = links.get(start) or links.get(start - 1)  # with its angle brackets
            if whole and group == 1:
                words = self.unlink(whole["text"], subject, folder, anchors)  # which may be a picture
                text, done = text[: whole.start()] + words + text[whole.end() :], whole.start()
            elif group > 2:
                text = written_out(text, [match.start()])
            else:
                # A definition, or a form that only Markdown's own reader takes apart: escaped, it leads nowhere.
                start = match.start() if group == 1 else text.index("[", match.start())
                text = f"{text[:start]}\\{text[start:]}"
        return text

    def leads(self, target: str, folder: str, anchors: Container[str]) -> bool:
        """Whether a link leads to something: elsewhere, to a heading of its text, or to a page of the portal."""
        if scheme := re.match(r"([a-z][a-z0-9+.-]*):", target, re.IGNORECASE):
            return scheme[1].lower() in SCHEMES and is_address(target)
        if EXTERNAL.match(target):
            return is_address(target)
        if target.startswith("#"):
            return len(target) == 1 or unquote(target[1:]) in anchors
        path = unquote(resolve(target, folder))
        return path in self.paths or f"{path}/" in self.paths


def surplus_bars(lines: list[str]) -> Iterator[tuple[int, list[int]]]:
    """
    Each row of a table that has more cells than the table columns, and where the bars are that part no columns.

    >>> list(surplus_bars(["| a | b |", "|---|---|", "| 1 | 2 | 3 |", "4 | 5"]))
    [(2, [8])]
    """
    columns = 0
    for number, line in enumerate(lines):
        if not line.strip():
            columns = 0
        elif number and not columns and "|" in lines[number - 1] and DELIMITERS.fullmatch(line.strip()):
            columns = len(inner_bars(line)) + 1
            if columns > 1 and (surplus := inner_bars(lines[number - 1])[columns - 1 :]):
                yield number - 1, surplus
        elif columns > 1 and (surplus := inner_bars(line)[columns - 1 :]):
            yield number, surplus


def inner_bars(row: str) -> list[int]:
    """
    Where the bars between a row's cells are.

    >>> inner_bars(" | a | b \\\\| c |"), inner_bars("a | b")
    ([5], [2])
    """
    bars = [match.start(1) for match in BAR.finditer(row)]
    if bars and not row[: bars[0]].strip():
        bars = bars[1:]
    return bars[:-1] if bars and not row[bars[-1] + 1 :].strip() else bars


def untangle(text: str) -> str:
    """
    The words of a text that no page can show as it is, without its marks.

    >>> untangle("> > - - a [[b](c)")
    'a b c'
    """
    lines = re.sub(r"[ \t]+", " ", LEADING.sub("", text.translate(MARKS))).split("\n")
    return "\n".join("\n".join(piece.strip() for piece in PIECE.findall(line)) for line in lines)


def is_closed(name: str, shown: str) -> bool:
    """
    Whether each tag of a name has its end, none in another.

    >>> is_closed("sub", "a<sub>b</sub>"), is_closed("sub", "</sub><sub>")
    (True, False)
    """
    tags = re.findall(rf"<(/?){name}\s*>", shown, re.IGNORECASE)
    return tags == ["", "/"] * (len(tags) // 2)


def written_out(text: str, starts: list[int]) -> str:
    """A text in which tags are words."""
    for start in sorted(starts, reverse=True):
        text = f"{text[:start]}&lt;{text[start + 1 :]}"
    return text


def is_address(target: str) -> bool:
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return bool(parts.netloc or parts.path) if parts.scheme not in ("http", "https") else bool(parts.hostname)
