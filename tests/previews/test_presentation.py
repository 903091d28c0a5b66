"""What a reader sees of a file: one number written one way wherever it stands, scales that say what they are of."""

from __future__ import annotations

import pytest

from generator.model import Column
from generator.previews.backdrop import Backdrop
from generator.previews.dictionary import Dictionary
from generator.previews.presentation import preview_view
from generator.previews.views import ChartView, PreviewView, TableView
from generator.text.speech import Speech, Words
from generator.text.strings import strings
from tests.previews.conftest import Look

COLUMNS = (
    Column(name="mois", title={"fr": "Mois", "en": "Month"}),
    Column(name="montant", title={"fr": "Montant versé", "en": "Amount paid"}, unit="$"),
    Column(name="frais", description={"fr": "Frais de dossier.", "en": "Fees."}, unit="$"),
    Column(name="jours", title={"fr": "Délai", "en": "Delay"}, unit="d"),
)


def view_of(look: Look, language: str, content: str, format: str = "CSV", **chart: object) -> PreviewView:
    speech = Speech(language, strings(language))
    return preview_view(
        look(content, format, **chart).profile,
        anchor="x",
        speech=speech,
        backdrop=Backdrop(),
        title=Words("", ""),
        dictionary=Dictionary(COLUMNS, speech, "fr"),
        opened=True,
    )


def chart_of(view: PreviewView) -> ChartView:
    assert view.chart
    return view.chart


def table_of(view: PreviewView) -> TableView:
    assert view.table
    return view.table


def letters(chart: ChartView, tone: str) -> list[str]:
    return [item.text for item in chart.drawings[0].letters if item.tone == tone]


@pytest.mark.parametrize(
    ("content", "format"),
    [
        ("mois,montant\nmars,-1234.50\nmai,20.00\n", "CSV"),
        ("mois;montant\nmars;−1 234,50\nmai;20,00\n", "CSV"),
        ('mois,montant\nmars,"-1,234.50"\nmai,20.00\n', "CSV"),
    ],
)
@pytest.mark.parametrize(
    ("language", "low", "high", "measured"),
    [
        ("fr", "−1\u202f234,50", "20,00", ("−1\u202f234,50\xa0$", "20,00\xa0$")),
        ("en", "−1,234.50", "20.00", ("−$1,234.50", "$20.00")),
    ],
)
def test_a_number_is_written_one_way(
    content: str, format: str, language: str, low: str, high: str, measured: tuple[str, str], look: Look
) -> None:
    """
    However the file writes a number, its table, profile and chart write it as the reader's language does, with as many
    digits behind the sign as the file has.
    """
    view = view_of(look, language, content, format, kind="bar", x="mois", y=["montant"])
    assert [row[1].text for row in table_of(view).rows] == [low, high]
    assert [row[1] for row in chart_of(view).rows] == [low, high]
    assert [item.text for item in chart_of(view).drawings[0].letters if not item.tone] == [low, high]
    assert (view.columns[1].low, view.columns[1].high) == measured


def test_what_is_no_number_stays_as_it_is(look: Look) -> None:
    """
    Years, codes and marks of what is missing have no sign between thousands; fractions of several lengths stay so.
    """
    content = "an,code,jours,x\n2024,00512,1250,1.5\n2025,10512,n.d.,2.25\n2026,20512,7,3\n"
    assert [[cell.text for cell in row] for row in table_of(view_of(look, "fr", content)).rows] == [
        ["2024", "00512", "1\u202f250", "1,5"],
        ["2025", "10512", "n.d.", "2,25"],
        ["2026", "20512", "7", "3"],
    ]


@pytest.mark.parametrize(
    ("language", "y", "names"),
    [
        ("fr", ["montant"], ["Montant versé ($)", "Mois"]),
        ("en", ["montant"], ["Amount paid ($)", "Month"]),
        ("fr", ["frais"], ["Frais de dossier ($)", "Mois"]),
        ("fr", ["montant", "frais"], ["Valeurs ($)", "Mois"]),
        ("en", ["montant", "jours"], ["Values", "Month"]),
        ("en", ["autre"], ["autre", "Month"]),
    ],
)
def test_scales_say_what_they_are_of(language: str, y: list[str], names: list[str], look: Look) -> None:
    """
    Each scale has the title or the short description of its column, else its name in the file, with the unit.
    """
    content = "mois,montant,frais,jours,autre\n2024-01,5,1,3,2\n2024-02,7,2,9,3\n"
    assert letters(chart_of(view_of(look, language, content, kind="line", x="mois", y=y)), "name") == names


def test_a_legend_says_what_parts_the_series(look: Look) -> None:
    """
    Above the values that part the rows stands the column that has them; of columns each has its unit.
    """
    parted = chart_of(
        view_of(look, "fr", "x,montant,mois\n1,5,mai\n2,6,juin\n", kind="line", x="x", y=["montant"], series="mois")
    )
    assert (parted.legend_name, parted.legend) == ("Mois", ["mai", "juin"])
    columns = chart_of(view_of(look, "fr", "x,montant,jours\n1,5,3\n", kind="line", x="x", y=["montant", "jours"]))
    assert (columns.legend_name, columns.legend) == ("", ["Montant versé ($)", "Délai (d)"])


def test_values_have_all_their_digits_and_scales_of_millions_do_not(look: Look) -> None:
    """
    A bar says 1,234,567 as the table does; only a scale says 20M.
    """
    rows = "a,1234567\nb,1000000\n"
    bars = chart_of(view_of(look, "en", f"nom,n\n{rows}", kind="bar", x="nom", y=["n"]))
    assert letters(bars, "") == ["1,234,567", "1,000,000"]
    line = chart_of(view_of(look, "en", "x,n\n1,0\n2,20000000\n", kind="line", x="x", y=["n"]))
    assert letters(line, "")[:5] == ["0", "5M", "10M", "15M", "20M"]


def test_a_table_inside_json_names_its_key(look: Look) -> None:
    """
    Rows that a JSON file has below its keys are said to be there.
    """
    view = view_of(look, "en", '{"meta": 1, "result": {"arbres": [{"a": 1}, {"a": 2}]}}', "JSON")
    assert table_of(view).notes == ["The rows are under the key “result › arbres”."]
    assert table_of(view_of(look, "en", '[{"a": 1}, {"a": 2}]', "JSON")).notes == []
