"""Build the portal: `vitrine build` for whoever has just cloned the repository."""

import sys

from generator.cli import run

if __name__ == "__main__":
    run(["build", *sys.argv[1:]], name="build.py")
