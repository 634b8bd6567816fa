"""Files of others are exactly what their packages held, with their licences beside them."""

import hashlib
import re
from pathlib import Path

import pytest

import theme
from theme.icons import NAMES, SPRITE

VENDOR = Path(theme.__file__).parent / "static" / "theme" / "vendor"
SUMS = dict(reversed(line.split()) for line in (VENDOR / "SHA256SUMS").read_text().splitlines())
COPIED = sorted(file.name for file in VENDOR.iterdir() if file.suffix in {".js", ".woff2", ".css"})


@pytest.mark.parametrize("name", COPIED)
def test_vendored_file_is_what_the_package_held(name):
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == SUMS[name]


def test_every_vendored_package_has_its_licence_beside_it():
    licences = {file.name.removesuffix(".LICENSE.txt") for file in VENDOR.glob("*.LICENSE.txt")}

    assert licences == {"htmx", "figtree", "atkinson-next", "lucide"}


def test_sprite_holds_exactly_the_named_icons():
    assert tuple(re.findall(r'<symbol id="([a-z0-9-]+)"', SPRITE.read_text())) == NAMES
