"""JSON Lines: each line a row, each key a column."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.previews.content import Unreadable
from generator.previews.formats import PreviewFormat
from generator.previews.frames import Frame
from generator.previews.limits import ROWS
from generator.previews.objects import from_objects
from generator.previews.readers.json_document import NotJson, refuse_constant
from generator.previews.text_files import estimate, read_text


def read(path: Path, format: PreviewFormat) -> Frame:
    file = read_text(path)
    objects: list[Mapping[str, Any]] = []
    count = 0
    for number, line in enumerate(file.text.split("\n"), 1):
        if not line.strip():
            continue
        count += 1
        if count > ROWS:
            continue
        try:
            value = json.loads(line, parse_constant=refuse_constant)
        except NotJson as error:
            raise Unreadable("data-file-not-a-number", line=number, number=str(error)) from error
        except (ValueError, RecursionError) as error:
            raise Unreadable("data-file-syntax", line=number) from error
        objects.append(value if isinstance(value, dict) else {"": value})
    rows = count if file.whole else estimate(count, file, path)
    return from_objects(objects, row_count=rows, exact=file.whole, problems=file.problems)
