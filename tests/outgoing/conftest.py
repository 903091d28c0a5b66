"""What tests of outgoing addresses share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def with_own_loop(without_playwright: None) -> None:
    """A round asks servers."""
