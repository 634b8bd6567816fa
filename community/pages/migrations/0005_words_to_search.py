import unicodedata
from html import unescape

from django.db import migrations
from django.utils.html import strip_tags


def texts(value):
    if isinstance(value, str):
        yield unescape(strip_tags(value.replace(">", "> ")))
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)


def folded(text):
    plain = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


def note_words(apps, schema_editor):
    for name in ("AnnouncementPage", "ContentPage", "NewsPage"):
        model = apps.get_model("pages", name)
        for page in model.objects.filter(live=True).iterator(chunk_size=200):
            words = [page.title, getattr(page, "intro", "")]
            for block in page.body.raw_data:
                if block["type"] in ("message", "text", "quote"):
                    words += texts(block["value"])
            model.objects.filter(pk=page.pk).update(words=folded(" ".join(words)))


class Migration(migrations.Migration):
    dependencies = [("pages", "0004_pins_threads_and_words")]

    operations = [migrations.RunPython(note_words, migrations.RunPython.noop)]
