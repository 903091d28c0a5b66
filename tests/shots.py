"""
Pictures of a built site, to be looked at: `make shots`, and of another site `make shots SHOTS="--site FOLDER PAGE…"`.

Each page is shot whole, as wide as a screen and as a phone, in light and in dark.
"""

from __future__ import annotations

from pathlib import Path

import click

from tests.chromium import launched
from tests.host import serving
from tests.kinds import KINDS

PAGES = (*KINDS, "accessibilite/", "dataset/budget-municipal/", "nowhere", "en/", "en/dataset/casernes-incendie/")

WIDTHS = (1280, 360)
SCHEMES = ("light", "dark")
LOAD_ALL = "document.querySelectorAll('img').forEach(picture => picture.loading = 'eager')"
"""Pictures that wait until they are scrolled to would be blank."""


@click.command()
@click.option("--site", default="site", show_default=True, type=click.Path(exists=True, path_type=Path))
@click.option("--output", default="shots", show_default=True, type=click.Path(path_type=Path))
@click.argument("pages", nargs=-1)
def shots(site: Path, output: Path, pages: tuple[str, ...]) -> None:
    """Shoot PAGES of a site, given as their paths; without any, those of the demonstration portal."""
    output.mkdir(parents=True, exist_ok=True)
    with serving(site, "/") as address, launched() as browser:
        for width in WIDTHS:
            for scheme in SCHEMES:
                context = browser.new_context(
                    viewport={"width": width, "height": 800},
                    color_scheme=scheme,
                    locale="fr-CA",
                    base_url=address,
                    reduced_motion="reduce",
                )
                page = context.new_page()
                for path in pages or PAGES:
                    page.goto(path)
                    page.evaluate(LOAD_ALL)
                    page.wait_for_load_state("networkidle")
                    page.screenshot(path=output / f"{name_of(path)}-{width}-{scheme}.png", full_page=True)
                context.close()
    click.echo(f"{len(pages or PAGES) * len(WIDTHS) * len(SCHEMES)} pictures in {output}")


def name_of(path: str) -> str:
    """
    >>> name_of(""), name_of("en/"), name_of("dataset/?q=eau")
    ('home', 'en', 'dataset-q-eau')
    """
    return "-".join(part for part in path.replace("?", "/").replace("=", "/").split("/") if part) or "home"


if __name__ == "__main__":
    shots()
