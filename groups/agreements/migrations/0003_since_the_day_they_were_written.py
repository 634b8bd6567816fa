from django.db import migrations
from django.db.models.functions import TruncDate


def since_written(apps, schema_editor):
    texts = apps.get_model('agreements', 'AgreedText').objects
    texts.update(takes_effect_on=TruncDate('at'))


class Migration(migrations.Migration):
    """Guidelines from before versions had a day counted from the moment they were written."""

    dependencies = [
        ('agreements', '0002_texts_in_versions_with_a_day'),
    ]

    operations = [
        migrations.RunPython(since_written, migrations.RunPython.noop, elidable=True),
    ]
