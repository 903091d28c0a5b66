"""A wheel carries the default theme with the scripts that npm installed in it."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

THEME = "themes/default"
PARTS = ("theme.yaml", "templates", "assets", "package.json", "package-lock.json")


class ThemeHook(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":  # a clone has its themes beside the package
            return
        folder = Path(self.root, THEME)
        lines = (folder / "theme.yaml").read_text(encoding="utf-8").splitlines()
        scripts = [line.split("- ", 1)[1].strip() for line in lines if line.strip().startswith("- node_modules/")]
        missing = [script for script in scripts if not (folder / script).is_file()]
        if missing:
            raise SystemExit(f"{', '.join(missing)}: not installed; run npm ci --prefix {THEME} first")
        # The licences of the scripts go with them.
        packages = {"/".join(script.split("/")[: 3 if "@" in script else 2]) for script in scripts}
        notices = [f"{package}/{file.name}" for package in packages for file in (folder / package).glob("LICEN[CS]E*")]
        for part in [*PARTS, *scripts, *notices]:
            build_data["force_include"][f"{THEME}/{part}"] = f"generator/{THEME}/{part}"
