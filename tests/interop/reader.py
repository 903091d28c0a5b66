"""
CKAN's own reader of DCAT: follows the pages of a served catalogue and prints the packages that CKAN would make.

It runs where CKAN is installed, and imports nothing of Vitrine. Arguments: the address of the first page, the address
that the catalogue gives itself, the one where it is served, and the language of the CKAN that harvests.
"""

import json
import sys
from collections.abc import Iterator
from importlib.metadata import version
from urllib.request import urlopen

from ckan.common import config
from ckanext.dcat.processors import RDFParser

PROFILE = "euro_dcat_ap_3"


def packages(page: str | None, base: str, served: str) -> Iterator[list[dict[str, object]]]:
    """The packages of each page, as ckanext-dcat's harvester gathers them: to the page that has no next."""
    while page:
        parser = RDFParser(profiles=[PROFILE])
        with urlopen(page.replace(base, served, 1)) as answer:
            parser.parse(answer.read().decode(), "json-ld")
        yield list(parser.datasets())
        page = parser.next_page()


if __name__ == "__main__":
    first, base, served, language = sys.argv[1:]
    config["ckan.locale_default"] = language
    pages = list(packages(first, base, served))
    answer = {
        "profile": PROFILE,
        "versions": {name: version(name) for name in ("ckan", "ckanext-dcat")},
        "pages": len(pages),
        "packages": [package for found in pages for package in found],
    }
    json.dump(answer, sys.stdout)
