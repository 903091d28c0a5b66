"""What is wrong with the tables of registers, told at its place."""

from generator.build import pipeline

HEAD = "reference,subject_fr,subject_en,publisher,received\n"


def lines(portal, table):
    return portal({"content/disclosures/2026.csv": table}).check().lines()


def test_what_tells_who_somebody_is_stops_the_build(portal):
    """
    An e-mail address, a telephone number and a social insurance number are told with line and column, each once.
    """
    table = (
        HEAD
        + "A-1,Plaintes de a.b@exemple.org,Complaints,ville,2026-01-05\n"
        + "A-2,Appels du 418 555-0199,Calls,ville,2026-01-06\n"
        + "A-3,Dossier 046 454 286,File,ville,2026-01-07\n"
        + "A-4,Dossier 123 456 789,File,ville,2026-01-08\n"
    )
    assert lines(portal, table) == [
        "content/disclosures/2026.csv:2:5: error[personal-data] `a.b@exemple.org` looks like a personal"
        " datum in `subject`, which would be published\n"
        "  help: delete it; if it may be published, add it to `allowed` in the type’s declaration, with"
        " the reason",
        "content/disclosures/2026.csv:3:5: error[personal-data] `418 555-0199` looks like a personal"
        " datum in `subject`, which would be published\n"
        "  help: delete it; if it may be published, add it to `allowed` in the type’s declaration, with"
        " the reason",
        "content/disclosures/2026.csv:4:5: error[personal-data] `046 454 286` looks like a personal"
        " datum in `subject`, which would be published\n"
        "  help: delete it; if it may be published, add it to `allowed` in the type’s declaration, with"
        " the reason",
    ]


def test_the_shape_of_a_table_is_told(portal):
    """
    A heading that is no field's, a key that comes twice, and a row that is too long are told where they stand.
    """
    table = (
        HEAD.replace("received", "recieved")
        + "A-1,Un,One,ville,2026-01-05\n"
        + "A-1,Deux,Two,ville,2026-01-06\n"
        + "A-2,Trois,Three,ville,2026-01-07,quatre\n"
    )
    assert lines(portal, table) == [
        "content/disclosures/2026.csv:1:1: error[missing-column] the column `received` is missing, and"
        " every row must have it\n"
        "  help: add it to the header",
        "content/disclosures/2026.csv:1:43: error[stray-column] no field is called `recieved`\n"
        "  help: did you mean `received`?",
        "content/disclosures/2026.csv:3:1: error[twin-record] the key `a-1` is already that of another"
        " record (content/disclosures/2026.csv:2:1)\n"
        "  help: mend or delete one of the two",
        "content/disclosures/2026.csv:4:34: error[long-row] this row has more cells than the header"
        " (5), from `quatre` on\n"
        "  help: put straight quotes around the text that holds the separator",
    ]


def test_another_encoding_is_told(portal):
    """
    A table in an older encoding is told, and none of its rows is published.
    """
    assert lines(portal, (HEAD + "A-1,Été,Summer,ville,2026-01-05\n").encode("cp1252")) == [
        "content/disclosures/2026.csv:2:5: error[not-utf-8] the file is not in UTF-8: byte `0xc9`"
        " stands here\n"
        "  help: save the file again with the encoding “UTF-8”",
    ]


def test_a_register_that_is_too_large_is_told(portal, monkeypatch):
    """
    A table beyond the limit is refused before it is read; parted as the remedy says, all its rows are published.
    """
    monkeypatch.setattr("generator.source.structure.registers.TABLE_LIMIT", 1_000_000)
    rows = [
        f"A-{year}-{number},{'Un ' * 50},{'One ' * 50},ville,{year}-01-05\n"
        for year in (2025, 2026)
        for number in range(1500)
    ]
    assert lines(portal, HEAD + "".join(rows)) == [
        "content/disclosures/2026.csv: error[register-too-large] this table holds 1 MB; 1 at most are read\n"
        "  help: part it, by year for instance: every CSV in `content/disclosures/` is of the register",
    ]
    tables = {
        f"content/disclosures/{year}.csv": HEAD + "".join(rows[start:][:1500])
        for year, start in ((2025, 0), (2026, 1500))
    }
    assert len(pipeline.read_portal(portal(tables, name="parted").folder).site.catalog.pages) == len(rows)


def test_the_days_past_a_time_limit_are_counted(portal):
    """
    A notice of extension lengthens the limit; only an answer that came after it is late.
    """
    table = (
        "reference,subject_fr,subject_en,publisher,received,extension,answered,decision\n"
        "A-1,Un,One,ville,2026-01-01,,2026-01-25,full\n"
        "A-2,Deux,Two,ville,2026-01-01,10,2026-01-25,full\n"
    )
    site = portal({"content/disclosures/2026.csv": table}).build()
    rows = [row.split(",") for row in site["disclosures/index.csv"].decode().splitlines()]
    names = ("reference", "deadline", "waited", "overrun", "state")
    assert [[row[rows[0].index(name)] for name in names] for row in rows] == [
        list(names),
        ["A-1", "2026-01-21", "24", "4", "full"],
        ["A-2", "2026-01-31", "24", "", "full"],
    ]


def test_a_heading_without_a_language_is_in_the_first(portal):
    """
    `subject` beside `subject_en` is the text in the portal's first language, wherever it stands.
    """
    table = "reference,Subject (en),subject,publisher,received\nA-1,One,Un,ville,2026-01-05\n"
    found = pipeline.read_portal(portal({"content/disclosures/2026.csv": table}).folder)

    assert [page.title for page in found.site.catalog.pages] == [{"en": "One", "fr": "Un"}]
    assert found.errors == []
