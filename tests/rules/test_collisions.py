"""Who takes the place of what."""

from __future__ import annotations


def test_nothing_takes_the_place_of_a_file_of_the_search(portal):
    """
    A page, or a file, in the folder that the search fills is a collision, whatever it is called.
    """
    small = portal({"content/search/fr/a.json": "{}", "content/search/EN/b.md": "---\ntitle: B\n---\n"})
    found = [line.split("\n")[0] for line in small.check().lines() if "path-collision" in line]

    assert found == [
        "content/search/EN/b.md: error[path-collision] the address `/search/EN/b/` is already taken by `Vitrine`",
        "content/search/fr/a.json: error[path-collision] the address `/search/fr/a.json` is already taken by `Vitrine`",
    ]
