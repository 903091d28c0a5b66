"""How long a reader waits, and whether what they look for is found."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from statistics import median, quantiles

from generator.search.analyzer import fold
from tests.bench.contenders import PROJECT
from tests.bench.measure import Failed
from tests.bench.search.corpora import PAGE, Measured
from tests.bench.search.hosts import SHOWN, WATCH, Host
from tests.bench.search.rows import Row, Rows
from tests.chromium import launched


def measure_keys(measured: Measured) -> Rows:
    """A reader who types: from the press of a key to the results of what stands in the field."""
    if measured.size > 10_000:
        return
    at = f"{measured.size:,}"
    chance = random.Random(2)
    times: list[float] = []
    with Host(measured.files.get, keep=True) as host, launched() as browser:
        page = browser.new_page()
        page.add_init_script(WATCH)
        page.goto(f"{host.address}{PAGE}")
        field = page.locator("#search input[name=q]")
        field.focus()
        for query in map(fold, ["eau du parc", *measured.queries(measured.asked // 10, 2, seed=3)]):
            field.fill("")
            for letter in query[:-5]:
                page.keyboard.press(letter)
            page.wait_for_timeout(600)
            for letter in query[-5:]:
                page.evaluate("() => { window.bench.shown = []; window.bench.pressed = []; }")
                page.keyboard.press(letter)
                try:
                    page.wait_for_function(SHOWN, timeout=5000)
                except Exception:
                    # A press that changes nothing, such as a space.
                    continue
                page.wait_for_timeout(chance.randint(100, 300))
                times.append(page.evaluate("() => window.bench.shown.at(-1) - window.bench.pressed.at(-1)"))
        long = page.evaluate("() => window.bench.long")
    times = times[5:]
    middle, slow = median(times), quantiles(times, n=20)[-1]
    worst = max(long, default=0)
    yield Row(
        f"ms from key press to results, median of {len(times)}; p95",
        at,
        f"{middle:.0f}; {slow:.0f}",
        "≤ 100; ≤ 250",
        middle <= 100 and slow <= 250,
    )
    yield Row("tasks over 50 ms on the main thread; the longest, ms", at, f"{len(long)}; {worst:.0f}", "0", not long)


def measure_relevance(measured: Measured) -> Rows:
    """Questions of a citizen about a real catalogue; relevance.py has its own report."""
    measured.tools.install_peers()
    command = [sys.executable, "-m", "tests.search.relevance", "--pagefind", str(measured.tools.python)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=False, encoding="utf-8")
    lines = [re.split(r"\s{2,}", line.strip()) for line in done.stdout.splitlines() if line.strip()]
    if len(lines) < 2:
        raise Failed(command, done.returncode, done.stderr[-2000:])
    names = lines[0]
    for name, *values in lines[1:]:
        if len(values) != len(names):
            continue
        found = dict(zip(names, map(float, values), strict=True))
        bar = name == "ours"
        yield Row(
            f"an accepted dataset among the first 1, 5, 10: {name}",
            "Montréal",
            ", ".join(f"{found[key]:.2f}" for key in ("@1", "@5", "@10")),
            "≥ .65, –, ≥ .90" if bar else "",
            found["@1"] >= 0.65 and found["@10"] >= 0.90 if bar else None,
        )
