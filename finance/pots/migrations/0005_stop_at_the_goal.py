from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pots", "0004_parts_pledges_and_purposes")]

    operations = [
        migrations.AddField(
            model_name="pot",
            name="hard_cap",
            field=models.BooleanField(default=False, verbose_name="stops at the goal"),
        ),
    ]
