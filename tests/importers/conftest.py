"""What tests of imports share."""

from __future__ import annotations

from asyncio import events
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def without_playwright() -> Iterator[None]:
    """Playwright leaves its event loop marked as running in a process that drove a browser; an import runs its own."""
    loop = events._get_running_loop()
    events._set_running_loop(None)
    yield
    events._set_running_loop(loop)
