"""What a first visit downloads stays within the budgets of the brief. Run by .ci/run from the top of the checkout."""

import gzip
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KB = 1000
BUDGETS = [  # what, pattern under the checkout, bytes after gzip (fonts and images: as they are)
    ("scripts of a page", "theme/static/theme/**/*.js", 27 * KB),
    ("styles of a page", "theme/static/theme/css/*.css", 20 * KB),
    ("icons", "theme/static/theme/icons.svg", 6 * KB),
    ("the font of a first visit", "theme/static/theme/vendor/figtree-latin.woff2", 21 * KB),
]


def weight(file: Path) -> int:
    content = file.read_bytes()
    return len(content) if file.suffix == ".woff2" else len(gzip.compress(content, 9))


def main() -> int:
    too_big = False
    for what, pattern, budget in BUDGETS:
        total = sum(weight(file) for file in ROOT.glob(pattern))
        print(f"{what:<28} {total / KB:6.1f} of {budget / KB:.0f} kB")
        too_big = too_big or total > budget
    return 1 if too_big else 0


if __name__ == "__main__":
    sys.exit(main())
