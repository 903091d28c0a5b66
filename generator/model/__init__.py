"""
The catalogue as the publisher meant it: frozen values named by DCAT, with the place each one was written.

A class's fields are the rows of `standards/properties.yaml` in snake case; a test holds the two together.
"""

from generator.model.answers import Answer
from generator.model.catalog import Catalog, LinkedCatalog
from generator.model.content_types import (
    Allowance,
    Calendar,
    Card,
    Choice,
    Computed,
    Condition,
    ContentType,
    Field,
    HomeListing,
    Section,
    State,
)
from generator.model.datasets import Chart, Column, DataService, Dataset, Distribution
from generator.model.origin import Change, Origin, Written
from generator.model.pages import Page, Release
from generator.model.portal import Colors, Logo, MenuItem, Portal, Shades
from generator.model.redirect import Redirect
from generator.model.usage import Usage, Uses
from generator.model.values import Agent, Concept, Kind, LicenseDocument, Location, PeriodOfTime, Withdrawal
from generator.text.languages import Keywords, Text

__all__ = [
    "Agent",
    "Allowance",
    "Answer",
    "Calendar",
    "Card",
    "Catalog",
    "Change",
    "Chart",
    "Choice",
    "Colors",
    "Column",
    "Computed",
    "Concept",
    "Condition",
    "ContentType",
    "DataService",
    "Dataset",
    "Distribution",
    "Field",
    "HomeListing",
    "Keywords",
    "Kind",
    "LicenseDocument",
    "LinkedCatalog",
    "Location",
    "Logo",
    "MenuItem",
    "Origin",
    "Page",
    "PeriodOfTime",
    "Portal",
    "Redirect",
    "Release",
    "Section",
    "Shades",
    "State",
    "Text",
    "Usage",
    "Uses",
    "Withdrawal",
    "Written",
]
