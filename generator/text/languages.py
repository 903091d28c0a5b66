"""Text in languages, as everything that is written for people holds it."""

from __future__ import annotations

from collections.abc import Mapping

Text = Mapping[str, str]
"""Language code to text; empty when nothing was written."""


Keywords = Mapping[str, tuple[str, ...]]
"""Language code to keywords, in the order written."""
