from django.db import migrations
from django.db.models import F


def ask_what_was_undone(apps, schema_editor):
    """Imports that were undone in one go, before undoing went in portions."""
    imports = apps.get_model("people", "RegisterImport").objects.filter(undone_at__isnull=False)
    imports.update(undo_asked_at=F("undone_at"), rows_undone=F("rows_read"))


def forget(apps, schema_editor):
    apps.get_model("people", "RegisterImport").objects.update(undo_asked_at=None)


class Migration(migrations.Migration):
    dependencies = [("people", "0006_import_undo_in_portions")]

    operations = [migrations.RunPython(ask_what_was_undone, forget)]
