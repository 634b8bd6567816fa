"""Remarks and sensitive answers at sign-up have one term; what was chosen for the remarks counts for both."""

from django.db import migrations


def join_terms(apps, schema_editor):
    for model in ("RetentionTerm", "RetentionRun"):
        apps.get_model("privacy", model).objects.filter(rule="event-remarks").update(rule="event-replies")


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_first_release")]
    # Backwards nothing is to be done: the older program has a term of its own for remarks.
    operations = [migrations.RunPython(join_terms, migrations.RunPython.noop)]
