"""`vitrine new`: a file to be finished by hand, with what is required first."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from generator.authoring.described import Described, describe
from generator.authoring.folder import Folder
from generator.authoring.new import (
    Sheet,
    dataset_sheet,
    described_sheet,
    page_file,
    record_file,
    table_head,
    title_from_name,
    write_sheet,
)
from generator.authoring.report import Report
from generator.authoring.transaction import write_whole
from generator.build.day import today
from generator.cli.options import PROBLEMS, USAGE, lang_option, portal_option
from generator.cli.voice import Voice, help_of
from generator.model import ContentType
from generator.model.diagnostics import Diagnostic, Place
from generator.source.folders import CATALOG, DATASET, PORTAL, PUBLISHERS
from generator.source.guard import is_file, is_within
from generator.source.structure.types import types_in
from generator.text.slugs import slugify

RESERVED = ("catalog", "dataset", "publishers")


@click.group("new", help=help_of("new"))
def new_group() -> None:
    pass


@new_group.command("dataset", help=help_of("new-dataset"))
@click.argument("name", required=False)
@click.option("--from", "source", type=click.Path(path_type=Path), default=None, help=help_of("options.from"))
@click.option("--publisher", default=None, help=help_of("options.new-publisher"))
@portal_option
@lang_option
def new_dataset_command(
    name: str | None, source: Path | None, publisher: str | None, portal: Path, lang: str | None
) -> None:
    begun = Begun.open(portal, Voice(lang))
    voice = begun.voice
    if source and not is_file(source):
        voice.stop(USAGE, "new-file", file=source)
    if source and (source.name.startswith(".") or "\\" in source.name):
        voice.stop(USAGE, "new-file-name", name=source.name)
    if not name and not source:
        voice.stop(USAGE, "new-name")
    called = name or (source.stem if source else "")
    key = begun.key(called, begun.folder.datasets, RESERVED)
    who = begun.publisher(publisher)
    if source is None:
        begun.write(f"datasets/{key}.yaml", write_sheet(begun.dataset(called, who), begun.languages))
        return voice.say("new-draft")
    told = describe(source)
    sheet = described_sheet(begun.title(called), who, begun.languages[0], source.name, told)
    begun.copy(source, f"datasets/{key}/{source.name}")
    begun.write(f"datasets/{key}/{DATASET}", write_sheet(sheet, begun.languages))
    begun.tell(source, told)
    return voice.say("new-license")


@new_group.command("publisher", help=help_of("new-publisher"))
@click.argument("name")
@portal_option
@lang_option
def new_publisher_command(name: str, portal: Path, lang: str | None) -> None:
    begun = Begun.open(portal, Voice(lang))
    key = begun.key(name, begun.folder.publishers)
    sheet = Sheet(kind="Agent", values={"name": begun.title(name)})
    begun.write(f"{PUBLISHERS}{key}.yaml", write_sheet(sheet, begun.languages))


@new_group.command("page", help=help_of("new-page"))
@click.argument("name")
@portal_option
@lang_option
def new_page_command(name: str, portal: Path, lang: str | None) -> None:
    begun = Begun.open(portal, Voice(lang))
    path = "/".join(begun.key(part, {}) for part in name.strip("/").removesuffix(".md").split("/"))
    folder, inside, _ = path.partition("/")
    begin_page(begun, path, name, types_in(begun.root).get(folder) if inside else None)


@new_group.command("record", help=help_of("new-record"))
@click.argument("type_id", metavar="TYPE")
@click.argument("name", required=False)
@portal_option
@lang_option
def new_record_command(type_id: str, name: str | None, portal: Path, lang: str | None) -> None:
    begun = Begun.open(portal, Voice(lang))
    types = types_in(begun.root)
    declared = types.get(type_id)
    if declared is None:
        begun.voice.stop(USAGE, "new-type", name=type_id, names=", ".join(sorted(types)))
    if not declared.is_register:
        return begin_page(begun, f"{type_id}/{begun.key(name or '', {})}", name or "", declared)
    if name:
        path = f"content/{type_id}/{begun.key(name, {})}.yaml"
        return begun.write(path, record_file(declared, begun.languages))
    return begun.write(f"content/{type_id}/{type_id}.csv", table_head(declared, begun.languages))


def begin_page(begun: Begun, path: str, name: str, declared: ContentType | None) -> None:
    """A page, or a record that is one, in each of the portal's languages."""
    for language in begun.languages:
        suffix = "" if language == begun.languages[0] else f".{language}"
        text = page_file(title_from_name(name.strip("/")), today(os.environ), language, declared)
        begun.write(f"content/{path}{suffix}.md", text)
    begun.voice.say("new-draft")


@dataclass(frozen=True)
class Begun:
    """A portal's folder, in which files are begun and none is replaced."""

    root: Path
    folder: Folder
    voice: Voice
    languages: list[str]

    @classmethod
    def open(cls, root: Path, voice: Voice) -> Begun:
        if not (root / PORTAL).is_file():
            voice.stop(USAGE, "no-portal", folder=root)
        folder = Folder.open(root, Report())
        written = folder.map_of(PORTAL).get("languages")
        languages = written if isinstance(written, list) else [written] if isinstance(written, str) else []
        return cls(root, folder, voice, [str(code) for code in languages] or ["fr"])

    def key(self, name: str, taken: Mapping[str, str], reserved: tuple[str, ...] = ()) -> str:
        """The id that a name gives, if no other file has it."""
        if not any(character.isalnum() for character in name):
            self.voice.stop(USAGE, "new-no-name", name=name)
        key = slugify(name)
        if key in taken or key in reserved:
            self.voice.stop(USAGE, "new-taken", path=taken.get(key, key))
        return key

    def title(self, name: str) -> Any:
        """A title in the portal's main language; the others are left to be written."""
        first, *others = self.languages
        title = title_from_name(name)
        return {first: title, **dict.fromkeys(others, "")} if others else title

    def publisher(self, asked: str | None) -> str:
        """The publisher that is asked for, else the catalogue's."""
        if asked is not None and asked not in self.folder.publishers:
            self.voice.stop(USAGE, "new-publisher-taken", name=asked, names=", ".join(sorted(self.folder.publishers)))
        return asked or str(self.folder.map_of(CATALOG).get("publisher") or "")

    def dataset(self, name: str, publisher: str) -> Sheet:
        return dataset_sheet(self.title(name), publisher, self.languages[0])

    def refuse_taken(self, path: str) -> None:
        if os.path.lexists(self.root / path) or not is_within(self.root, path):
            self.voice.stop(USAGE, "new-taken", path=path)

    def copy(self, source: Path, path: str) -> None:
        """Bring a data file in, unless it is where it belongs."""
        target = self.root / path
        if target.exists() and target.samefile(source):
            return
        self.refuse_taken(path)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        except OSError as error:
            self.voice.stop(PROBLEMS, "disk", problem=error)
        self.voice.say("written", path=target)

    def write(self, path: str, text: str) -> None:
        self.refuse_taken(path)
        try:
            write_whole(self.root / path, text)
        except OSError as error:
            self.voice.stop(PROBLEMS, "disk", problem=error)
        self.voice.say("written", path=self.root / path)

    def tell(self, source: Path, told: Described) -> None:
        """What was wrong in reading a data file."""
        for problem in told.problems:
            values = {"value": source.name, "format": told.format, **problem.values}
            message = Diagnostic.at(Place(source.name), problem.code, **values).message(self.voice.language)
            self.voice.say("new-read", file=source, problem=message)
