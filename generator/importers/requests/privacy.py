"""Texts without what tells who wrote them: names, mentions, addresses, numbers, pictures, the ends of letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from generator.importers.requests.words import Words
from generator.source.structure.personal_data import EMAIL, INSURANCE, PHONE, is_insurance_number
from generator.text.slugs import slugify

GAP = "…"
"""What stands where something was taken out."""

KINDS = ("name", "mention", "email", "telephone", "insurance", "picture", "attachment")
"""What is counted of what is taken out."""

COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
QUOTE = re.compile(r"^(?:>|Le .{5,80} a écrit\s?:|On .{5,80} wrote:).*$", re.MULTILINE)
PICTURE = re.compile(
    r"!\[[^\[\]\n]{0,500}\]\([^()\s]{1,2000}(?:\s[^()\n]{0,300})?\)(?:\{[^{}\n]*\})?|<img\b[^<>]{0,3000}>",
    re.IGNORECASE,
)
ATTACHMENT = re.compile(
    r"\[([^\[\]\n]{0,500})\]\((?:https?://[^/\s()]{1,200})?/[^()\s]*(?:user-attachments|uploads|files/\d+)/[^()\s]*\)"
    r"|<?https?://[^\s<>()]*(?:user-attachments|user-images|/uploads/)[^\s<>()]*>?"
)
MENTION = re.compile(r"(?<![\w/.@-])@[A-Za-z0-9](?:[\w.-]{0,80}\w)?(?:/[\w.-]{1,80})?")
CAPITALS = r"(?:[^\W\d_a-zà-öø-ÿ][\w’'-]+)(?: [^\W\d_a-zà-öø-ÿ][\w’'-]+){0,3}"
SIGNATURE = 60
"""The most letters of a line of a signature."""


@dataclass
class Cleaner:
    """
    Takes personal data out of texts and counts it by kind. `accounts` are the logins and names of those who have
    accounts in the tracker, `allowed` names that are nobody's, such as publishers'.
    """

    words: Words
    accounts: Collection[str]
    allowed: Collection[str] = ()
    removed: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        known = {slugify(name) for name in self.allowed}
        names = {name.strip() for name in self.accounts if slugify(name.strip()) not in known}
        full = {name for name in names if " " in name and len(name) > 4}
        full |= {", ".join(reversed(name.rsplit(" ", 1))) for name in full}
        logins = {name for name in names if " " not in name and len(name) > 3 and re.search(r"[\d_-]|[a-z][A-Z]", name)}
        self.names = whole_words(full | logins)
        self.profiles = tuple(f"/{name.casefold()}" for name in names if " " not in name)
        listed = sorted(self.words.others.get("introduction", ()), key=len, reverse=True)
        phrases = "|".join(phrase.replace("-", r"[\s’']+") for phrase in listed)
        self.introductions = re.compile(rf"(?i:\b(?:{phrases}))\s+({CAPITALS})") if phrases else None

    def line(self, text: str) -> str:
        """A text on one line."""
        return " ".join(self.take_out(text).split())

    def letter(self, text: str) -> str:
        """A text of several lines, without its greeting and its signature either."""
        text = COMMENT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        text = self.without(QUOTE, "", "", text)
        text = self.without(PICTURE, "picture", "", text)
        text = self.without(ATTACHMENT, "attachment", lambda match: match[1] or "", text)
        lines = text.strip().split("\n")
        text = self.take_out("\n".join(self.without_signature(self.without_greetings(lines))))
        return re.sub(r"\n{3,}", "\n\n", text).strip()

    def take_out(self, text: str) -> str:
        text = self.without(EMAIL, "email", GAP, text)
        text = self.without(PHONE, "telephone", GAP, text)
        text = self.without(INSURANCE, "insurance", lambda match: GAP if is_insurance_number(match[0]) else None, text)
        text = self.without(re.compile(r"<?https?://[^\s<>()\[\]]+>?"), "mention", self.profile, text)
        text = self.without(MENTION, "mention", GAP, text)
        if self.introductions:
            text = self.without(self.introductions, "name", lambda match: match[0].removesuffix(match[1]) + GAP, text)
        return self.without(self.names, "name", GAP, text) if self.names else text

    def without(self, pattern: re.Pattern[str], kind: str, by: object, text: str) -> str:
        """A text in which what a pattern finds is replaced and counted; None leaves it as it is."""

        def replace(match: re.Match[str]) -> str:
            new = by(match) if callable(by) else by
            if new is None:
                return match[0]
            if kind:
                self.removed[kind] += 1
            return str(new)

        return pattern.sub(replace, text)

    def profile(self, match: re.Match[str]) -> str | None:
        """A gap for the address of an account's page."""
        address = match[0].strip("<>").rstrip(".,;:/").casefold()
        return GAP if self.profiles and address.endswith(self.profiles) and address.count("/") == 3 else None

    def without_greetings(self, lines: list[str]) -> list[str]:
        """A letter's lines without what greets somebody at the beginning of a paragraph."""
        found = []
        for number, line in enumerate(lines):
            begins = number == 0 or not lines[number - 1].strip()
            greeting, mark, rest = re.split(r"([,!.]|$)", line, maxsplit=1)
            if begins and len(greeting) <= SIGNATURE and (mark or not rest) and self.greets(greeting):
                self.removed["name"] += len(greeting.split()) > 1
                line = rest.strip()
                line = line[:1].upper() + line[1:]
            found.append(line)
        return found

    def without_signature(self, lines: list[str]) -> list[str]:
        """A letter's lines up to the words that close it, when but short lines follow."""
        for number in range(len(lines) - 1, max(len(lines) - 9, -1), -1):
            line = lines[number].strip()
            if len(line) > SIGNATURE:
                break
            if self.closes(line):
                if any(part.strip() for part in lines[number + 1 :]) or len(line.split(",")) > 1:
                    self.removed["name"] += 1
                return lines[:number]
        return lines

    def greets(self, text: str) -> bool:
        """Whether words are a greeting, with or without whom it greets."""
        first, *rest = slugify(text).split("-") if text.strip() else [""]
        return first in self.words.others["greeting"] and len(rest) <= 3

    def closes(self, line: str) -> bool:
        """Whether a line begins with words that close a letter, up to a mark."""
        first = re.split(r"[,!.;]", line.strip(), maxsplit=1)[0]
        return line == "--" or (bool(first) and slugify(first) in self.words.others["closing"])


def whole_words(names: Collection[str]) -> re.Pattern[str] | None:
    """Any of some names as words, whatever the letters' case."""
    found = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{found})(?![\w-])", re.IGNORECASE) if found else None
