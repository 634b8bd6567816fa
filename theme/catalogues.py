"""Compile the translation catalogues with Babel, so that no system package is needed.

Run as `python -m theme.catalogues`; only catalogues newer than their compiled form are written.
"""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent


def compile_catalogues(root: Path = ROOT) -> list[Path]:
    """Write a `.mo` beside each `.po` of ours that has changed since; returns the files written."""
    written = []
    for source in sorted(root.glob("*/locale/*/LC_MESSAGES/django*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as po, target.open("wb") as mo:
            write_mo(mo, read_po(po, locale=source.parts[-3]))
        written.append(target)
    return written


if __name__ == "__main__":
    compile_catalogues()
