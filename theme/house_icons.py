"""The app icon of the association, drawn from its crest or its initial."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from theme.house import House
from theme.house_style import light_style

SIZES = {("any", 48), ("any", 192), ("any", 512), ("maskable", 512), ("touch", 180), ("crest", 192)}
FONT = Path(__file__).parent / "static" / "theme" / "vendor" / "figtree-latin.woff2"
# A phone may cut a maskable icon to a circle of 80 %; what matters stays within two thirds.
SHARE = {"any": 0.62, "maskable": 0.52, "touch": 0.62, "crest": 1.0}


def draw(house: House, kind: str, size: int) -> bytes:
    return _draw(house, kind, size)


@lru_cache(maxsize=32)
def _draw(house: House, kind: str, size: int) -> bytes:
    style = light_style(house.colour)
    ground = (255, 255, 255, 0) if kind == "crest" else style.band
    picture = Image.new("RGBA", (size, size), ground)
    inside = round(size * SHARE[kind])
    if house.crest:
        _place_crest(picture, house.crest(), inside, kind)
    else:
        _write_initial(picture, house.initial, inside, style.on_band)
    if kind == "any":
        picture.putalpha(_rounded(size))
    target = BytesIO()
    picture.save(target, "PNG", optimize=True)
    return target.getvalue()


def _place_crest(picture: Image.Image, crest: bytes, inside: int, kind: str) -> None:
    with Image.open(BytesIO(crest)) as opened:
        badge = ImageOps.contain(opened.convert("RGBA"), (inside, inside), Image.Resampling.LANCZOS)
    if kind != "crest":
        _white_tile(picture, round(inside * 1.2))
    place = ((picture.width - badge.width) // 2, (picture.height - badge.height) // 2)
    picture.alpha_composite(badge, place)


def _white_tile(picture: Image.Image, side: int) -> None:
    """Crests are made for paper: on the house colour half of them would vanish."""
    edge = (picture.width - side) // 2
    ImageDraw.Draw(picture).rounded_rectangle((edge, edge, edge + side, edge + side), side // 4, fill="#ffffff")


def _write_initial(picture: Image.Image, initial: str, inside: int, colour: str) -> None:
    font = ImageFont.truetype(FONT, round(inside * 1.1))
    font.set_variation_by_axes([700])
    middle = (picture.width / 2, picture.height / 2)
    ImageDraw.Draw(picture).text(middle, initial, fill=colour, font=font, anchor="mm")


def _rounded(size: int) -> Image.Image:
    mask = Image.new("L", (size * 4, size * 4), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, size * 4 - 1, size * 4 - 1), size, fill=255)
    return mask.resize((size, size), Image.Resampling.LANCZOS)
