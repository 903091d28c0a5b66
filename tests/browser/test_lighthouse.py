"""Lighthouse finds nothing to say that does not depend on time; `make lighthouse` measures performance too."""

from __future__ import annotations

import pytest

from tests.lighthouse import JUDGED, PAGES, judge


@pytest.mark.parametrize("path", [*PAGES, "en/", "en/dataset/casernes-incendie/"])
def test_lighthouse_finds_nothing(address: str, path: str) -> None:
    """
    Accessibility, best practices and findability are all that Lighthouse can ask for.
    """
    scores, poor = judge(address + path, JUDGED)
    assert (dict.fromkeys(JUDGED, 100), []) == (scores, poor)
