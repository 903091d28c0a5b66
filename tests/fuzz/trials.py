"""Each thing that reads what strangers wrote, and what must hold whatever that was."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from generator.authoring.report import SourceError
from generator.authoring.report_pages import DETAILS, PAGE
from generator.build.pipeline import build, read_portal
from generator.importers.ckan import import_ckan
from generator.importers.datapackage import import_datapackage
from generator.importers.dcat import import_dcat
from generator.importers.html import to_line, to_markdown
from generator.importers.jkan import import_jkan
from generator.importers.requests import import_requests
from generator.importers.table import import_csv
from generator.previews.examination import examine
from generator.previews.profile import pack
from generator.rules.markdown import find_forbidden
from generator.search.analyzer import Analyzer
from generator.source.nodes import Refused, decode_yaml, parse_yaml
from generator.text.markdown import excerpt, find_anchors, find_links, plain_text, render_markdown
from tests.conftest import ARBRES, MINIMAL, read_tree
from tests.fuzz.inputs import repeated, torn, warped

SEEDS = Path(__file__).parent / "seeds"


@dataclass(frozen=True)
class Trial:
    """`inputs` make what `run` reads; `run` raises nothing, whatever it is given."""

    inputs: st.SearchStrategy[Any]
    run: Callable[[Any], None]


def seeds(kind: str) -> list[str]:
    """Sound files of a kind, to be torn."""
    return [file.read_text(encoding="utf-8") for file in sorted((SEEDS / kind).iterdir())]


def json_seeds(kind: str) -> list[Any]:
    return [json.loads(text) for text in seeds(kind)]


def markdown(text: str) -> None:
    """Pages hold nothing that runs, and the same text gives the same page."""
    shown = render_markdown(text)
    assert shown == render_markdown(text)
    assert "<script" not in shown
    plain_text(text), excerpt(text), find_anchors(text)
    assert len(list(find_links(text))) <= len(text)
    list(find_forbidden(text))


def html(text: str) -> None:
    to_line(text)
    to_markdown(text)


def yaml(text: str) -> None:
    with contextlib.suppress(Refused):
        parse_yaml("a.yaml", decode_yaml("a.yaml", text.encode("utf-8", "surrogatepass")))


def words(text: str) -> None:
    for language in ("fr", "en", "de", "ar"):
        analyzer = Analyzer.of(language)
        assert analyzer.terms(text) == analyzer.terms(text)


REPORT = {PAGE, DETAILS}
"""What an import tells may be less where an earlier one has written what was supposed."""


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="vitrine-fuzz-") as made:
        yield Path(made)


def taken(take: Callable[[Path], object]) -> None:
    """
    An import ends in a portal without errors or says why there is none; a second one changes nothing but its report.
    """
    with folder() as into:
        portal = into / "portal"
        try:
            take(portal)
        except SourceError as error:
            assert error.message("fr"), error.message("en")
            assert not portal.exists() or not any(portal.iterdir())
            return
        assert [item.code for item in read_portal(portal).diagnostics if item.is_error] == []
        first = read_tree(portal)
        take(portal)
        again = read_tree(portal)
        assert {path: data for path, data in again.items() if first[path] != data}.keys() <= REPORT
        take(portal)
        assert again == read_tree(portal)


def file_trial(name: str, take: Callable[[str, Path], object]) -> Callable[[str], None]:
    """A file of a source's, brought in."""

    def run(text: str) -> None:
        with folder() as source:
            file = source / name
            file.write_bytes(text.encode("utf-8", "surrogatepass"))
            taken(lambda into: take(str(file), into))

    return run


def json_trial(name: str, take: Callable[[str, Path], object]) -> Callable[[Any], None]:
    run = file_trial(name, take)
    return lambda document: run(json.dumps(document))


def jkan(files: dict[str, str]) -> None:
    with folder() as source:
        lay(source, {"_config.yml": "title: a\n", **files})
        taken(lambda into: import_jkan(source, into))


def issues(document: Any) -> None:
    """Requests of any export leave a sound portal sound, or say why there is none; again, they change nothing."""
    with folder() as made:
        lay(made / "portal", {**MINIMAL, "issues.json": json.dumps(document)})
        source, into = str(made / "portal/issues.json"), made / "portal"
        before = read_tree(into)
        try:
            import_requests(source, into)
        except SourceError as error:
            assert error.message("fr"), error.message("en")
            assert before == read_tree(into)
            return
        assert [item.code for item in read_portal(into).diagnostics if item.is_error] == []
        first = read_tree(into)
        import_requests(source, into)
        again = read_tree(into)
        assert {path: data for path, data in again.items() if first[path] != data}.keys() <= REPORT


def portal(files: dict[str, str]) -> None:
    """A portal is checked, and what has no error is built: the same by one process as by two."""
    with folder() as made:
        lay(made / "portal", {**MINIMAL, **files})
        found = read_portal(made / "portal")
        if not found.errors:
            build(found, made / "one", 1)
            first = read_tree(made / "one")
            build(read_portal(made / "portal"), made / "one", 1)
            assert first == read_tree(made / "one")


def lay(root: Path, files: dict[str, Any]) -> None:
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))


def preview(code: str) -> Callable[[bytes], None]:
    """A data file is read, or told: twice the same."""

    def run(content: bytes) -> None:
        with folder() as made:
            file = made / "a"
            file.write_bytes(content)
            assert pack(examine(file, code)) == pack(examine(file, code))

    return run


def octets(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """A text in some encoding, with some octets changed."""
    encoded = st.builds(
        lambda text, encoding: text.encode(encoding, "replace"),
        texts,
        st.sampled_from(["utf-8", "utf-8-sig", "latin-1", "utf-16"]),
    )
    flips = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=4)

    def flip(content: bytes, changes: list[tuple[float, int]]) -> bytes:
        changed = bytearray(content)
        for place, octet in changes:
            if changed:
                changed[int(place * len(changed))] = octet
        return bytes(changed)

    return st.builds(flip, encoded, flips)


MARKED = repeated("markdown")
TEXTS = st.one_of(MARKED, repeated("markup"))

PAGES = st.builds("---\ntitle: {}\n---\n{}".format, repeated("yaml"), MARKED)
TRIALS: dict[str, Trial] = {
    "markdown": Trial(MARKED, markdown),
    "html": Trial(TEXTS, html),
    "yaml": Trial(st.one_of(repeated("yaml"), torn([ARBRES], "yaml")), yaml),
    "words": Trial(repeated("words"), words),
    "ckan": Trial(warped(json_seeds("ckan"), TEXTS), json_trial("a.json", import_ckan)),
    "data-json": Trial(warped(json_seeds("data-json"), TEXTS), json_trial("data.json", import_dcat)),
    "json-ld": Trial(warped(json_seeds("json-ld"), TEXTS), json_trial("a.jsonld", import_dcat)),
    "turtle": Trial(torn(seeds("turtle"), "markdown"), file_trial("a.ttl", import_dcat)),
    "rdf-xml": Trial(torn(seeds("rdf-xml"), "markup"), file_trial("a.rdf", import_dcat)),
    "datapackage": Trial(warped(json_seeds("datapackage"), TEXTS), json_trial("datapackage.json", import_datapackage)),
    "issues": Trial(warped(json_seeds("issues"), TEXTS), issues),
    "table": Trial(
        st.one_of(repeated("cells"), torn(seeds("table"), "cells")),
        file_trial("a.csv", lambda source, into: import_csv(Path(source), into)),
    ),
    "jkan": Trial(
        st.fixed_dictionaries(
            {
                "_datasets/a.md": torn(seeds("jkan"), "markdown"),
                "page.md": PAGES,
                "_data/licenses.yml": repeated("yaml"),
                "_organizations/a.md": torn(seeds("jkan"), "yaml"),
            }
        ),
        jkan,
    ),
    "preview-csv": Trial(octets(st.one_of(repeated("cells"), torn(seeds("table"), "cells"))), preview("CSV")),
    "preview-json": Trial(octets(torn(seeds("ckan"), "geojson")), preview("JSON")),
    "preview-geojson": Trial(octets(torn(seeds("geojson"), "geojson")), preview("GEOJSON")),
    "portal": Trial(
        st.fixed_dictionaries(
            {
                "datasets/a.yaml": st.builds(
                    lambda text, torn_text: f"{torn_text}versionNotes: |\n  {text.replace(chr(10), chr(10) + '  ')}\n",
                    MARKED,
                    torn([ARBRES], "yaml"),
                ),
                "content/a.md": PAGES,
                "content/news/b.md": st.builds("---\ntitle: a\ndate: 2025-01-01\n---\n{}".format, MARKED),
            }
        ),
        portal,
    ),
}
