"""A wheel carries the default theme with the scripts that npm installed in it, and other themes that are whole."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

THEMES = ("themes/default", "themes/quebec")
"""The first one has to be there."""

PARTS = ("theme.yaml", "templates", "assets", "strings", "package.json", "package-lock.json")


class ThemeHook(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":  # a clone has its themes beside the package
            return
        for theme in THEMES:
            self.add(theme, build_data)

    def add(self, theme: str, build_data: dict[str, Any]) -> None:
        folder = Path(self.root, theme)
        lines = (folder / "theme.yaml").read_text(encoding="utf-8").splitlines()
        files = [line.split("- ", 1)[1].strip() for line in lines if line.strip().startswith("- node_modules/")]
        missing = [file for file in files if not (folder / file).is_file()]
        if missing and theme == THEMES[0]:
            raise SystemExit(f"{', '.join(missing)}: not installed; run npm ci --prefix {theme} first")
        if missing:
            return
        # The licences of what npm installed go with it.
        packages = {"/".join(file.split("/")[: 3 if "@" in file else 2]) for file in files}
        notices = [f"{package}/{file.name}" for package in packages for file in (folder / package).glob("LICEN[CS]E*")]
        for part in [*(part for part in PARTS if (folder / part).exists()), *files, *notices]:
            build_data["force_include"][f"{theme}/{part}"] = f"generator/{theme}/{part}"
