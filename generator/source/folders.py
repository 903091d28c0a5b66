"""Where the files of a portal lie, and what those are called that it must have."""

from __future__ import annotations

PORTAL = "portal.yaml"
CATALOG = "datasets/catalog.yaml"
PUBLISHERS = "datasets/publishers/"
DATASET = "dataset.yaml"
DATASETS = (DATASET, "dataset.yml")
"""What the file is called that describes the dataset of its whole folder."""


def is_dataset(path: str) -> bool:
    reserved = path.startswith("datasets/publishers/") or path in ("datasets/catalog.yaml", "datasets")
    return path.startswith("datasets/") and not reserved
