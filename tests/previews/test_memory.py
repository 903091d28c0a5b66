"""Small files that are large in memory are read within bounds."""

from __future__ import annotations

import subprocess
import sys

import polars as pl
import pytest

from generator.previews.limits import MEMORY
from tests.conftest import ROOT

READ = """
import sys, resource
from pathlib import Path
from generator.previews.examination import examine
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
table = examine(Path(sys.argv[1]), "Parquet", None, True).profile.table
(most,) = [int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(table.row_count, len(table.rows), most < 1_000_000)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says how much memory a process took")
def test_a_value_that_is_repeated_does_not_fill_the_memory(tmp_path):
    """
    A Parquet file of some kilobytes that says forty thousand letters a hundred thousand times has its preview, within a
    gigabyte.
    """
    file = tmp_path / "bomb.parquet"
    pl.concat([pl.DataFrame({"a": ["x" * 40_000] * 2_000})] * 50).write_parquet(file, compression="zstd")
    assert file.stat().st_size < 10_000
    done = subprocess.run(
        [sys.executable, "-c", READ.format(memory=MEMORY), file], cwd=ROOT, capture_output=True, text=True, timeout=120
    )

    assert done.stdout == "100000 50 True\n", done.stderr
