"""Photo albums of De Waterhoen, with drawn views of water: nobody's real photo stands in the demo."""

import io
import math
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from community.portal.demo.cast import Club
from groups.albums.services import add_photos, start_album
from groups.events.models import Event
from groups.subgroups.services import change_picture
from theme.uploads import take_in

SIZE = (1200, 900)
SKIES = [("#f6c28b", "#a9cfd8"), ("#9cc4e4", "#e8f1f2"), ("#41436a", "#f08a5d"), ("#7fb7be", "#f4e9cd")]
VIEWS = ["Zeilen op het meer bij avond", "Stil water vóór het ontbijt", "De oever bij Balk", "Terug met de wind mee"]


def load(club: Club) -> None:
    trip = start_album(
        by=club.people["marloes"],
        subgroup=club.subgroups["zomertocht-friesland"],
        title="Zomertocht van vorig jaar",
        description="Zet je eigen foto's er ook bij.",
        seen_by="group",
    )
    _fill(trip, club.people["marloes"], range(4))
    _fill(trip, club.people["anneke"], range(4, 6))
    opening = Event.objects.filter(subgroup=None, title="Open dag").first()
    day = start_album(by=club.people["bestuur"], event=opening, title="Open dag: de voorbereiding", seen_by="everybody")
    _fill(day, club.people["bestuur"], range(6, 9))
    branch = SimpleUploadedFile("zuidplas.jpg", _view(11), "image/jpeg")
    change_picture(subgroup=club.subgroups["afdeling-zuidplas"], by=club.people["hanna"], picture_file=branch)


def _fill(album, by, numbers) -> None:
    for number in numbers:
        taken = take_in(SimpleUploadedFile(f"foto-{number + 1}.jpg", _view(number), "image/jpeg"))
        add_photos(album=album, by=by, photos=[taken], description=VIEWS[number % len(VIEWS)])


def _view(number: int) -> bytes:
    """Sky, sun, water and a few sails; the same number always gives the same picture."""
    chance, (top, low) = Random(number), SKIES[number % len(SKIES)]
    picture = Image.linear_gradient("L").resize(SIZE)
    picture = Image.composite(Image.new("RGB", SIZE, low), Image.new("RGB", SIZE, top), picture)
    draw, horizon = ImageDraw.Draw(picture), 430 + chance.randrange(120)
    sun = (chance.randrange(150, 1050), horizon - chance.randrange(40, 220))
    draw.circle(sun, 62, fill="#fff3d6")
    draw.rectangle((0, horizon, *SIZE), fill="#2f6f7e")
    for line in range(horizon + 14, SIZE[1], 22):
        wave = [(x, line + 4 * math.sin(x / 45 + line)) for x in range(0, SIZE[0] + 20, 20)]
        draw.line(wave, fill="#5f9aa6", width=2)
    for _ in range(1 + number % 3):
        _sail(draw, chance.randrange(150, 1050), horizon + chance.randrange(30, 220), chance.randrange(60, 150))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def _sail(draw, x: int, y: int, size: int) -> None:
    draw.polygon([(x, y - 2 * size), (x, y - 8), (x + size, y - 8)], fill="#fbf7ef")
    draw.polygon([(x - 6, y - 1.7 * size), (x - 6, y - 8), (x - 0.6 * size, y - 8)], fill="#e9dcc3")
    draw.polygon(
        [(x - size, y), (x + 1.2 * size, y), (x + 0.8 * size, y + 22), (x - 0.7 * size, y + 22)], fill="#3d2b1f"
    )
