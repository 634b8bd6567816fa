"""Cuts the icon sprite out of Lucide (ISC), so that one small file serves every page.

To add an icon: put its Lucide name in NAMES and run, with lucide-static unpacked from the npm registry,

    python -m theme.icons path/to/lucide-static
"""

import re
import sys
from pathlib import Path

SPRITE = Path(__file__).parent / "static" / "theme" / "icons.svg"

# fmt: off
NAMES = (
    "anchor", "arrow-down", "arrow-left", "badge-check", "ban", "bell", "bell-off", "bike", "book-open",
    "calendar-days", "calendar-plus", "camera", "chart-column", "check", "chevron-down", "chevron-right",
    "circle-alert", "circle-check", "circle-help", "clock", "coffee", "contact-round", "copy", "credit-card",
    "download", "ellipsis", "euro", "external-link", "eye", "eye-off", "file-text", "filter", "flag", "globe",
    "graduation-cap", "hand-coins", "handshake", "heart", "history", "home", "image", "inbox", "info", "key-round",
    "landmark", "languages", "layout-list", "leaf", "link", "list-todo", "lock", "log-out", "mail", "map-pin",
    "megaphone", "menu", "message-circle", "messages-square", "mic", "minus", "monitor", "moon", "music", "newspaper",
    "paperclip", "party-popper", "pause", "pencil", "piggy-bank", "pin", "play", "plus", "qr-code", "receipt",
    "refresh-cw", "reply", "sailboat", "scale", "search", "send", "settings", "share-2", "shield-check", "ship",
    "smartphone", "smile", "smile-plus", "star", "sun", "thumbs-up", "trash", "triangle-alert", "trophy", "umbrella",
    "undo-2", "upload", "user", "user-plus", "users", "vote", "waves", "wifi-off", "wrench", "x",
)
# fmt: on


def cut(source: Path) -> str:
    """Return the sprite: one <symbol> per name, its strokes left to the style sheet."""
    symbols = "".join(_symbol(name, (source / "icons" / f"{name}.svg").read_text()) for name in NAMES)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>\n'


def _symbol(name: str, svg: str) -> str:
    shapes = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL).group(1)
    shapes = re.sub(r"\s*\n\s*", "", shapes).replace(" />", "/>")
    return f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>'


if __name__ == "__main__":
    SPRITE.write_text(cut(Path(sys.argv[1])))
