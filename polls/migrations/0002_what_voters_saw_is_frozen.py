"""The triggers that freeze a poll are in polls/triggers.py and are installed after every `migrate`."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("polls", "0001_polls")]
    operations = []
