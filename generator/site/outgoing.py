"""What is known of addresses of others: whether they answer, and what came, as `links.csv` remembers it."""

from __future__ import annotations

from generator.model import Answer
from generator.model.answers import answer_of
from generator.site.site import Site


def outgoing(site: Site, address: str) -> Answer | None:
    """
    What an address answered the last time it was asked; None where it was not measured.

    `verdict` is `answers`, `broken` (it failed on enough days; `broken_since` is the first of them), `fails` (not often
    enough to be believed) or `untold` (the server refuses robots: 401, 403, 429…). `type` is the media type that came,
    `bytes` its size or None, `moved` where it leads for good, `answered` the last day on which it was well. A page that
    came where a file was promised is a failure of the status `page`.

    What is drawn from it depends on `site.catalog.answers`, which is part of `site.catalog_digest`.
    """
    return answer_of(site.catalog.answers, address)
