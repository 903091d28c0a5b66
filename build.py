"""Build the portal: `vitrine build` for whoever has just cloned the repository."""

import sys

if __name__ == "__main__":
    sys.path.append(sys.path.pop(0))  # a portal's folder: no file of it stands in for one of Python's own

    from generator.cli import run
    from generator.source.programs import keep_to_safe_path

    keep_to_safe_path()
    run(["build", *sys.argv[1:]], name="build.py")
