"""What is kept between builds only ever saves time."""

from __future__ import annotations

import shutil
from random import Random

from tests.conftest import ARBRES

DATA = ARBRES.replace('downloadURL: "https://exemple.org/arbres.csv"', "file: arbres.csv")


def test_any_flipped_bit_of_any_cache_costs_time_and_nothing_else(portal):
    """
    A build over a damaged cache, however it is damaged, publishes what it did before.
    """
    small = portal({"datasets/arbres/dataset.yaml": DATA, "datasets/arbres/arbres.csv": "a,b\n1,2\n3,4\n"})
    expected = small.build()
    cache, kept = small.folder / ".cache/vitrine", small.folder / "kept"
    shutil.copytree(cache, kept)
    files = sorted(file.relative_to(kept) for file in kept.rglob("*") if file.is_file())
    assert (
        len(files) == 15
    )  # the ledger, what was read, previews, analyses and indexes by language, eight of the wholes
    random = Random(1)
    for name in files:
        sound = (kept / name).read_bytes()
        for number in range(12):
            shutil.rmtree(cache)
            shutil.copytree(kept, cache)
            damaged = bytearray(sound)
            for _ in range(1 + number % 3 * 20):
                damaged[random.randrange(len(damaged))] ^= 1 << random.randrange(8)
            (cache / name).write_bytes(bytes(damaged[: len(damaged) // 2] if number == 5 else damaged))
            if name.suffix == ".sqlite":  # what the search publishes is made anew
                shutil.rmtree(small.folder / "site")
            assert small.build() == expected
            assert small.build() == expected
