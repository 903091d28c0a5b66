"""Reading a portal: everything that a build is made from, whatever is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic
from generator.previews.backdrop import Backdrop, read_backdrop
from generator.previews.catalog_files import Profiles, read_profiles
from generator.search.synonyms import SynonymGroup, read_synonyms
from generator.source.files import Source, read_source
from generator.source.structure.catalog import structure_catalog
from generator.theme.branding import dress
from generator.theme.files import read_theme
from generator.theme.theme import Theme

Synonyms = Mapping[str, Sequence[SynonymGroup]]
"""Language to its groups of words that mean the same."""


@dataclass(frozen=True, kw_only=True)
class PortalReading:
    """What a portal's folder holds, and what is wrong with single files of it."""

    folder: Path
    catalog: Catalog
    theme: Theme
    source: Source
    synonyms: Synonyms
    profiles: Profiles
    backdrop: Backdrop
    diagnostics: Sequence[Diagnostic]


def read_everything(folder: Path, day: str = "") -> PortalReading:
    """A portal's folder as it stands on a day."""
    source = read_source(folder)
    catalog, of_files = structure_catalog(source, day)
    source.kept.prune()
    source.kept.save()
    theme = dress(read_theme(folder, catalog.portal.theme, catalog.portal.origin["theme"]), catalog.portal, folder)
    words = {language: read_synonyms(folder, language) for language in catalog.portal.languages}
    profiles, of_data = read_profiles(folder, catalog)
    backdrop, of_backdrop = read_backdrop(folder, catalog)
    return PortalReading(
        folder=folder,
        catalog=catalog,
        source=source,
        theme=theme,
        synonyms={language: groups for language, (groups, _) in words.items()},
        profiles=profiles,
        backdrop=backdrop,
        diagnostics=[
            *of_files,
            *theme.problems,
            *(problem for _, problems in words.values() for problem in problems),
            *of_data,
            *of_backdrop,
        ],
    )
