"""
The catalogue as the publisher meant it: frozen values named by DCAT, with the place each one was written.

A class's fields are the rows of `standards/properties.yaml` in snake case; a test holds the two together.
"""

from generator.model.catalog import Catalog, LinkedCatalog
from generator.model.datasets import Chart, Column, DataService, Dataset, Distribution
from generator.model.origin import Change, Origin, Written
from generator.model.pages import CONTENT_TYPES, News, Page, Release, Reuse
from generator.model.portal import Colors, Logo, MenuItem, Portal, Shades
from generator.model.redirect import Redirect
from generator.model.values import Agent, Concept, Kind, LicenseDocument, Location, PeriodOfTime, Withdrawal
from generator.text.languages import Keywords, Text

__all__ = [
    "CONTENT_TYPES",
    "Agent",
    "Catalog",
    "Change",
    "Chart",
    "Colors",
    "Column",
    "Concept",
    "DataService",
    "Dataset",
    "Distribution",
    "Keywords",
    "Kind",
    "LicenseDocument",
    "LinkedCatalog",
    "Location",
    "Logo",
    "MenuItem",
    "News",
    "Origin",
    "Page",
    "PeriodOfTime",
    "Portal",
    "Redirect",
    "Release",
    "Reuse",
    "Shades",
    "Text",
    "Withdrawal",
    "Written",
]
