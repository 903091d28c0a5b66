"""Where CKAN's packages come from: a file, or a portal's API, page after page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from generator.authoring.report import SourceError
from generator.importers.ckan.packages import Package, package_name
from generator.importers.records import said
from generator.importers.web import get, web

ROWS = 500


def read_packages(file: Path) -> list[Package]:
    """The packages of a file: an answer of the API, a list, or one a line."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SourceError("no-source", path=file) from None
    except UnicodeDecodeError:
        raise SourceError("not-json", path=file, line=1, problem="UTF-8") from None
    except OSError as error:
        raise SourceError("unreadable-source", path=file, problem=error.strerror or error) from None
    return find_packages(parse_json(text, str(file)), str(file))


def parse_json(text: str, name: str) -> Any:
    """JSON, or JSON Lines as a list."""
    try:
        return load(text)
    except ValueError as error:
        first = error
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    found = []
    for number, line in lines:
        try:
            found.append(load(line))
        except ValueError as error:
            # Whoever wrote one record a line wants that line; else the first mistake of the whole is the one to mend.
            place = number if found else getattr(first, "lineno", 1)
            problem = getattr(error if found else first, "msg", "")
            raise SourceError("not-json", path=name, line=place, problem=problem) from None
    if not found:
        raise SourceError("no-packages", path=name)
    return found


def load(text: str) -> Any:
    """What JSON says. Halves of characters, which it may write as escapes and no file can hold, become `?`."""
    try:
        value = json.loads(text)
    except RecursionError:
        raise json.JSONDecodeError("Nested too deep", text, 0) from None
    if "\\ud" not in text.lower():
        return value
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def find_packages(answer: Any, name: str) -> list[Package]:
    """The packages of an answer, whichever call it answers."""
    if isinstance(answer, dict):
        if answer.get("success") is False:
            error = answer.get("error")
            problem = said(error.get("message")) if isinstance(error, dict) else said(error)
            raise SourceError("ckan-refused", path=name, problem=problem or "success: false")
        if "result" in answer:
            return find_packages(answer["result"], name)
        answer = answer["results"] if isinstance(answer.get("results"), list) else [answer]
    if isinstance(answer, list) and all(isinstance(item, dict) and package_name(item) for item in answer):
        return answer
    raise SourceError("no-packages", path=name)


def is_document(url: str) -> bool:
    """Whether an address is that of a file of packages rather than of a portal."""
    return bool(re.search(r"\.(json|jsonl|ndjson)$", urlsplit(url).path))


def portal_base(url: str) -> str:
    """
    The portal's address, from its own or its API's.

    >>> portal_base("https://exemple.org/recherche/api/3/action/package_search?q=eau"), portal_base("https://exemple.org")
    ('https://exemple.org/recherche/', 'https://exemple.org/')
    """
    parts = urlsplit(url)
    path = re.sub(r"/api(/.*)?$", "", parts.path.rstrip("/"))
    path = re.sub(r"/(dataset|organization|group)(/.*)?$", "", path)
    return f"{parts.scheme}://{parts.netloc}{path}/"


def fetch_packages(url: str) -> list[Package]:
    """All packages of a CKAN portal, page after page."""
    parts = urlsplit(url)
    with web() as client:
        if is_document(url) or parts.path.rstrip("/").endswith(("package_show", "current_package_list_with_resources")):
            return find_packages(parse_json(get(client, url).text, url), url)
        address = f"{portal_base(url)}api/3/action/package_search"
        asked = {key: value for key, value in parse_qsl(parts.query) if key not in ("rows", "start")}
        found: dict[str, Package] = {}
        start = 0
        while True:
            query = {"sort": "name asc", **asked, "rows": str(ROWS), "start": str(start)}
            answer = parse_json(get(client, address, query).text, address)
            page = find_packages(answer, address)
            fresh = {name: package for package in page if (name := package_name(package)) not in found}
            found |= fresh
            start += len(page)
            result = answer.get("result") if isinstance(answer, dict) else None
            count = result.get("count") if isinstance(result, dict) else None
            # A server that ignores `start` gives the same page for ever.
            if not fresh or not isinstance(count, int) or start >= count:
                return list(found.values())
