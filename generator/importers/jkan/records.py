"""JKAN's files as they come: front matter, in which languages, and what stands beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.authoring.folder import plain_node
from generator.authoring.report import Report
from generator.importers.languages import guess_language
from generator.importers.licenses import LicenseEntry
from generator.importers.records import Fields, said
from generator.importers.terms import find_code
from generator.source.front_matter import FRONT_MATTER
from generator.source.guard import files_inside, read_inside
from generator.source.nodes import Refused, decode_yaml, parse_yaml
from generator.standards import vocabulary

MARKDOWN = (".md", ".markdown", ".html")
SUFFIX = re.compile(r"(\w+)_([a-z]{2})")
TRANSLATED = ("title", "notes", "description", "category", "name")


@dataclass
class Record:
    """A file's front matter; `stem` is its name without suffix, `folder` the folder it stood in."""

    stem: str
    folder: str
    values: dict[str, Any]
    body: str = ""

    @property
    def path(self) -> str:
        """Its file below its collection, without its ending, as addresses of the old portal name it."""
        return self.stem if self.folder in (".", "") or "/" in self.stem else f"{self.folder}/{self.stem}"

    def texts(self, key: str) -> dict[str, str]:
        """A text by language: the key's own under "", `title_en` under `en`."""
        texts = {"": said(self.values.get(key))}
        for name, value in self.values.items():
            match = SUFFIX.fullmatch(name)
            if match and match[1] == key and match[2] in vocabulary("languages") and said(value):
                texts[match[2]] = said(value)
        return texts


def jkan_texts(fields: Fields, record: Record, key: str, ours: str) -> dict[str, str]:
    """A text by language, with each key that it stood in told as taken."""
    texts = {language: text for language, text in record.texts(key).items() if text}
    for language in texts:
        fields.took(f"{key}_{language}" if language else key, ours)
    fields.read |= {key, *(name for name in record.values if (m := SUFFIX.fullmatch(name)) and m[1] == key)}
    return texts or {"": ""}


def listed_words(value: Any) -> list[Any]:
    """A list; one value stands for a list of one."""
    return value if isinstance(value, list) else [value] if value not in (None, "") else []


def read_records(source: Path, folder: str, report: Report) -> Iterable[Record]:
    """The files of a collection; what is not one of its records is told."""
    inside, strays = files_inside(source, folder)
    for path in strays:
        report.tell("left-out.file", "", path)
    for path in inside:
        file = source / path
        if file.name.startswith("."):
            continue
        if file.suffix.lower() not in MARKDOWN:
            report.tell("left-out.file", "", path)
            continue
        matter = read_front_matter(file, path, report)
        if matter is not None:
            values, body = matter
            if is_draft(values):
                report.tell("left-out.dataset-state", path, "draft")
                continue
            below = file.parent.relative_to(source / folder).as_posix()
            stem = file.name.removesuffix(file.suffix).strip()
            yield Record(stem if below == "." or folder != "_datasets" else f"{below}/{stem}", below, values, body)


def read_front_matter(file: Path, path: str, report: Report) -> tuple[dict[str, Any], str] | None:
    """What stands between the lines of a file's head, and the text below it."""
    try:
        text = decode_yaml(path, file.read_bytes())
    except Refused as refused:
        report.tell("left-out.unreadable", "", f"{path}: {refused.diagnostic.code}")
        return None
    matter = FRONT_MATTER.match(text)
    # The opening line is easily lost; what follows is front matter all the same when a closing line ends it.
    if not matter and (matter := FRONT_MATTER.match(f"---\n{text}")):
        report.tell("guessed.front-matter", "", path)
    if not matter:
        report.tell("left-out.file", "", path)
        return None
    node, diagnostics = parse_yaml(path, matter[1], line=1)
    values = plain_node(node)
    if not isinstance(values, dict):
        report.tell("left-out.unreadable", "", f"{path}: {diagnostics[0].code if diagnostics else 'empty-file'}")
        return None
    for diagnostic in diagnostics:
        report.tell("kept.first-key", "", f"{path}: {diagnostic.values.get('key', diagnostic.code)}")
    return values, matter.string[matter.end() :].strip()


def read_yaml(source: Path, path: str) -> Any:
    """A YAML file of the portal's, or None."""
    data = read_inside(source, path)
    try:
        return None if data is None else plain_node(parse_yaml(path, decode_yaml(path, data))[0])
    except Refused:
        return None


def is_draft(values: Mapping[str, Any]) -> bool:
    return said(values.get("published")).casefold() in ("false", "no", "off")


def map_of(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def read_licenses(source: Path) -> dict[str, LicenseEntry]:
    """
    The portal's own table, `_data/licenses.yml`: a list, a list under `items`, or a map of address to name; by address,
    by name and by id.
    """
    content = read_yaml(source, "_data/licenses.yml")
    if isinstance(content, dict) and isinstance(content.get("items"), list):
        content = content["items"]
    if isinstance(content, dict):
        content = [{"url": url, "name": name} for url, name in content.items()]
    found: dict[str, LicenseEntry] = {}
    for item in (item for item in listed_words(content) if isinstance(item, dict)):
        entry = LicenseEntry(said(item.get("name") or item.get("title")), said(item.get("url")))
        for key in (entry.url, entry.name, said(item.get("id"))):
            if key:
                found.setdefault(key, entry)
    return found


def find_jkan_languages(
    records: Iterable[Record], bodies: Iterable[Record], config: Mapping[str, Any]
) -> tuple[str, list[str]]:
    """
    The language of texts without a suffix, and those that suffixes name.

    The first is what `_config.yml` says, else the one language folder that no suffix names, else what the texts look
    like.
    """
    records = list(records)
    counts = Counter(
        code for record in records for key in TRANSLATED for code, text in record.texts(key).items() if code and text
    )
    others = sorted(counts, key=lambda code: (-counts[code], code))
    for key in ("lang", "locale", "language"):
        if code := find_code("languages", said(config.get(key)).replace("_", "-")):
            return code, others
    folders = {record.folder for record in bodies if record.folder in vocabulary("languages")} - set(others)
    if len(folders) == 1:
        return folders.pop(), others
    guessed = guess_language(record.texts("notes")[""] for record in records)
    return guessed or "en", [code for code in others if code != guessed]
