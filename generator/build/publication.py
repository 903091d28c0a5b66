"""What is put into the folder of a publication: what stays as it was, data files, and what was rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from filecmp import cmp
from pathlib import Path

from generator.build.output import Output
from generator.site.tasks import Bundle, Copy, Plan, Task
from generator.standards.headers import is_text


class Publication:
    """
    The files of a plan on their way into a folder.

    `made` are the artifacts with the paths of each, their compressed copies included; `rendered` and `changed` count
    files, data files among the latter.
    """

    def __init__(self, plan: Plan, portal: Path, folder: Output, compressed: bool) -> None:
        self.plan = plan
        self.portal = portal
        self.folder = folder
        self.compressed = compressed
        self.planned = {item.path for item in plan} if compressed else set()
        self.made: list[tuple[Task | Bundle | Copy, Sequence[str]]] = []
        self.rendered = self.changed = 0

    def keep(
        self, fresh: Callable[[Task | Bundle], Sequence[str]], progress: Callable[[int], None]
    ) -> list[Task | Bundle]:
        """Copy data files, and take over what `fresh` has the paths of: what is left to be rendered."""
        todo: list[Task | Bundle] = []
        for item in self.plan:
            if isinstance(item, Copy):
                self.changed += self.folder.copy(item.path, self.portal / item.source)
                self.made.append((item, [item.path, *self.compress([item.path])]))
            elif paths := fresh(item):
                for path in paths:
                    self.folder.keep(path)
                self.made.append((item, paths))
            else:
                todo.append(item)
                continue
            progress(1)
        return todo

    def write(self, item: Task | Bundle, contents: Iterable[tuple[str, bytes | Iterable[bytes]]]) -> int:
        """The files that an artifact came out as; how many."""
        paths = []
        for path, content in contents:
            self.changed += self.folder.write(path, content)
            self.rendered += 1
            paths.append(path)
        self.made.append((item, [*paths, *self.compress(paths)]))
        return len(paths)

    def compress(self, paths: Sequence[str]) -> list[str]:
        """Compressed copies of the texts among some files: their paths."""
        if not self.compressed:
            return []
        texts = [path for path in paths if is_text(path) and f"{path}.gz" not in self.planned]
        return [copy for path in texts if (copy := self.folder.compress(path))]


def is_published(plan: Plan, portal: Path, output: Path) -> bool:
    """Whether all data files are published as they are now; other artifacts are the ledger's affair."""
    return all(is_same(portal / item.source, output / item.path) for item in plan if isinstance(item, Copy))


def is_same(file: Path, published: Path) -> bool:
    try:
        return cmp(file, published, shallow=False)
    except OSError:
        return False
