from django.db import migrations

NAMES = ("first_name", "name_prefix", "last_name")


def index_beginnings(apps, schema_editor):
    """For a search by the beginning of a name; SQLite compares without regard to case in its own way, and reads all."""
    if schema_editor.connection.vendor == "postgresql":
        for name in NAMES:
            schema_editor.execute(
                f"CREATE INDEX member_{name}_begins ON people_member (UPPER({name}::text) text_pattern_ops)"
            )


def drop_beginnings(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in NAMES:
            schema_editor.execute(f"DROP INDEX IF EXISTS member_{name}_begins")


class Migration(migrations.Migration):
    dependencies = [("people", "0002_look_says_where")]

    operations = [migrations.RunPython(index_beginnings, drop_beginnings)]
