"""What tests of imports share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def with_own_loop(without_playwright: None) -> None:
    """An import asks servers."""
