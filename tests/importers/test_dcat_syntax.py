"""Feeds with mistakes in their syntax: the records that are whole arrive, the others are told with their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.authoring.report import Report, SourceError
from generator.build.pipeline import read_portal
from generator.importers.dcat import import_dcat

HEAD = """\
@prefix dcat: <http://www.w3.org/ns/dcat#> .
PREFIX dct: <http://purl.org/dc/terms/>
"""
DOCKS = '<https://a.org/d/docks> a dcat:Dataset ; dct:title "Docks" ; dct:description """A. B\n. C""" .\n'
QUAYS = "<https://a.org/d/quays> a dcat:Dataset ; dct:title 'Quays' .\n"
PIERS = '<https://a.org/d/piers> a dcat:Dataset ;\n  dct:title "Piers" ;\n  dct:issued {} .\n'
CATALOG = "<https://a.org/c> a dcat:Catalog ; dcat:dataset <https://a.org/d/docks>, <https://a.org/d/piers> .\n"

TURTLE = {
    "literal": (HEAD + DOCKS + PIERS.format('"2020"^^xsd:gYear') + QUAYS, ["7: The prefix xsd: has not been declared"]),
    "unclosed text": (HEAD + DOCKS + PIERS.format('"2020') + QUAYS, ["7: Unexpected end of file"]),
    "bracket": (HEAD + DOCKS + PIERS.format("[ dct:x 1") + QUAYS, ["7: blank node proper"]),
    "listed": (HEAD + CATALOG + DOCKS + PIERS.format("adms:x") + QUAYS, ["8: The prefix adms: has not been declared"]),
    "no point": (HEAD + DOCKS + PIERS.format("1 ;")[:-2] + "\n# x. y\n" + QUAYS + QUAYS.replace("quays", "z"), ["9: "]),
    "cut off": (HEAD + DOCKS + QUAYS + PIERS.format("1")[:60], ["7: "]),
}
FOUND = {"no point": {"docks.yaml", "z.yaml"}}


def taken(folder: Path, text: str, name: str) -> tuple[set[str], list[str], Report]:
    """The files of datasets, and what is told of records that can't be read."""
    (folder / name).write_text(text, encoding="utf-8")
    report = import_dcat(str(folder / name), folder / "p")
    assert [str(item) for item in read_portal(folder / "p").diagnostics if item.is_error] == []
    told = [event.value.removeprefix(f"{name}:") for event in report.events if event.code == "left-out.bad-record"]
    datasets = {file.name for file in (folder / "p/datasets").iterdir() if file.is_file()} - {"catalog.yaml"}
    return datasets, told, report


@pytest.mark.parametrize("name", TURTLE)
def test_a_mistaken_statement_takes_no_other_with_it(tmp_path, name):
    """
    Whatever is wrong in a statement of Turtle, its record alone is left out, even where a catalogue lists it.
    """
    text, problems = TURTLE[name]

    datasets, told, _ = taken(tmp_path, text, "c.ttl")

    assert datasets == FOUND.get(name, {"docks.yaml", "quays.yaml"})
    assert [line[: len(problem)] for line, problem in zip(told, problems, strict=True)] == problems


def test_a_text_that_is_never_closed_hides_what_follows(tmp_path):
    """
    After a long text that nobody closes, nothing says what is text: all from its record on is left out, and told once.
    """
    open_text = '<https://a.org/d/piers> a dcat:Dataset ; dct:description """Open .\n'
    inside = '<https://a.org/d/x> a dcat:Dataset ; dct:title """<https://a.org/d/evil> a dcat:Dataset .""" .\n'

    datasets, told, _ = taken(tmp_path, HEAD + DOCKS + open_text + inside + QUAYS, "c.ttl")

    assert (datasets, len(told)) == ({"docks.yaml"}, 1)


def test_a_line_of_triples_takes_its_record_alone(tmp_path):
    """
    A line of N-Triples that can't be read is told, and its record left out with what other lines say of it.
    """
    rdf, dct = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://purl.org/dc/terms/title"
    lines = [
        line
        for name in ("docks", "piers", "quays")
        for line in (
            f"<https://a.org/d/{name}> <{rdf}> <http://www.w3.org/ns/dcat#Dataset> .",
            f'<https://a.org/d/{name}> <{dct}> "{name}" .',
        )
    ]
    lines[3] = lines[3].removesuffix('" .')

    datasets, told, _ = taken(tmp_path, "\n".join(lines), "c.nt")

    assert datasets == {"docks.yaml", "quays.yaml"}
    assert [line.partition(":")[0] for line in told] == ["4"]


ROOT = (
    '<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"\n'
    ' xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/">\n'
)


def element(name: str, title: str, inside: str = "") -> str:
    about = f'<dcat:Dataset rdf:about="https://a.org/d/{name}">'
    return f"{about}\n<dct:title>{title}</dct:title>{inside}\n</dcat:Dataset>\n"


def in_root(*parts: str) -> str:
    return "".join(parts)


def in_catalog(*parts: str) -> str:
    listed = "".join(f"<dcat:dataset>\n{part}</dcat:dataset>\n" for part in parts)
    return f'<dcat:Catalog rdf:about="https://a.org/c">\n{listed}</dcat:Catalog>\n'


SOUND = (element("docks", "Docks"), element("quays", "Quays"))
XML = {
    "ampersand": element("piers", "Piers & jetties"),
    "end of another": element("piers", "Piers</dct:name>"),
    "no end": element("piers", "Piers").replace("</dct:title>", ""),
    "undeclared": element("piers", "Piers", "<adms:status>x</adms:status>"),
    "words and elements": element("piers", "The <b>piers</b>"),
    "entity": element("piers", "Piers&nbsp;"),
}


@pytest.mark.parametrize("wrap", [in_root, in_catalog])
@pytest.mark.parametrize("name", XML)
def test_a_mistaken_element_takes_no_other_with_it(tmp_path, name, wrap):
    """
    A node of RDF/XML that is not well formed, or no RDF, is left out and told, below the root or in a catalogue.
    """
    text = ROOT + wrap(SOUND[0], XML[name], SOUND[1]) + "</rdf:RDF>\n"

    datasets, told, _ = taken(tmp_path, text, "c.rdf")

    first = text[: text.index("d/piers")].count("\n")
    assert datasets == {"docks.yaml", "quays.yaml"}
    assert [first <= int(line.partition(":")[0]) <= first + 3 for line in told] == [True]


@pytest.mark.parametrize("cut", [5, 25, 70])
@pytest.mark.parametrize("wrap", [in_root, in_catalog])
def test_a_feed_that_was_cut_off_gives_what_was_sent(tmp_path, cut, wrap):
    """
    Of RDF/XML that ends in the midst, what is whole arrives, and the place of the end is told.
    """
    text = ROOT + wrap(*SOUND, element("piers", "Piers"))
    text = text[: text.index("<dcat:Dataset", text.index("Quays")) + cut]

    datasets, told, _ = taken(tmp_path, text, "c.rdf")

    assert (datasets, len(told)) == ({"docks.yaml", "quays.yaml"}, 1)


def test_a_feed_that_was_cut_off_between_records_is_told(tmp_path):
    """
    That nothing ends the root is told too, though every record that was sent is whole.
    """
    datasets, told, _ = taken(tmp_path, ROOT + in_root(*SOUND), "c.rdf")

    assert (datasets, told) == ({"docks.yaml", "quays.yaml"}, ["10: no element found"])


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("c.ttl", '<https://a.org/d> a dcat:Dataset ;\n dct:title "D" .\n', "1: The prefix dcat:"),
        ("c.rdf", ROOT + element("piers", "Piers & jetties") + "</rdf:RDF>", "5: "),
        ("c.nt", "<https://a.org/d> <https://a.org/p>", "1: "),
    ],
)
def test_where_nothing_can_be_read_the_first_mistake_is_the_answer(tmp_path, name, text, line):
    """
    A source of which no record can be read is an error with its line, and nothing is written.
    """
    (tmp_path / name).write_text(text, encoding="utf-8")

    with pytest.raises(SourceError) as caught:
        import_dcat(str(tmp_path / name), tmp_path / "p")

    assert (caught.value.code, caught.value.values["problem"][: len(line)]) == ("not-rdf", line)
    assert not (tmp_path / "p").exists()


MARKS = ["<", "<!--", "<a b='", "</a>", "<a>", "<a/>", "'''", '"', "[", "# a\n", "\n", "<a> . ", "PREFIX ", "a.", "& "]


@pytest.mark.parametrize("piece", MARKS)
@pytest.mark.parametrize(("name", "head"), [("c.ttl", HEAD + DOCKS), ("c.rdf", ROOT + SOUND[0]), ("c.nt", "")])
def test_a_tangle_of_marks_ends(tmp_path, piece, name, head):
    """
    Half a megabyte of one mark after a sound record is told, or refused: what else can be read is found in one walk.
    """
    (tmp_path / name).write_text(head + piece * (500_000 // len(piece)), encoding="utf-8")

    try:
        report = import_dcat(str(tmp_path / name), tmp_path / "p")
    except SourceError as error:
        assert error.code in ("not-rdf", "too-deep", "no-datasets")
    else:
        codes = {event.code for event in report.events}
        assert "left-out.bad-record" in codes or (name, piece.strip()) in (("c.ttl", ""), ("c.ttl", "# a"))
