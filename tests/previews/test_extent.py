"""How much of a file a page has, and that it never pretends to have more."""

from __future__ import annotations

from collections.abc import Callable

from tests.conftest import SmallPortal
from tests.previews.conftest import Look, table_of
from tests.previews.test_charts import HEAD

Make = Callable[..., SmallPortal]


def page(portal: Make, content: str) -> str:
    """The English page of a dataset with this file."""
    metadata = f"{HEAD}  - {{id: csv, file: a.csv}}\n"
    small = portal({"datasets/a/dataset.yaml": metadata, "datasets/a/a.csv": content})
    return small.build()["en/dataset/a/index.html"].decode()


def test_a_small_file_is_there_whole(portal: Make) -> None:
    """
    All 84 rows are on the page, so that what is sorted and filtered is the file.
    """
    made = page(portal, "nom;n\n" + "".join(f"ligne {n};{n}\n" for n in range(84)))
    assert made.count("<td>ligne ") == 84
    assert "data-filter=" in made and "All rows</h4>" in made
    assert "a part of the file" not in made and "The first" not in made


def test_a_large_file_offers_no_sort(portal: Make) -> None:
    """
    Above a megabyte the page has the first rows, says what part they are, and nothing to sort or filter them by.
    """
    made = page(portal, "nom;n\n" + "".join(f"ligne {n} {'x' * 100};{n}\n" for n in range(10_000)))
    assert made.count('<td class="long">ligne ') == 50
    assert "data-filter=" not in made and "First rows</h4>" in made
    assert "The first 50 rows of 10,000." in made
    assert "This is a part of the file: download it to sort or search all of it." in made


def test_a_wide_file_is_a_part(look: Look) -> None:
    """
    A table of more columns than are looked at is no whole one.
    """
    names = ",".join(f"c{n}" for n in range(200))
    assert not table_of(look(f"{names}\n{','.join('1' * 200)}\n")).whole


def test_cells_of_a_whole_file_are_long(look: Look) -> None:
    """
    Where a page has all rows, a filter finds what stands far behind in a cell.
    """
    cell = f"{'mot ' * 100}aiguille"
    assert table_of(look(f"nom,texte\nA,{cell}\n")).rows == (("A", cell),)
