from django.db import migrations


class Migration(migrations.Migration):
    """The tables go on under the names of groups/agreements, with every row in them."""

    dependencies = [
        ('moderation', '0002_things_can_be_reported'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable('guideline', 'agreements_agreedtext'),
                migrations.AlterModelTable('acceptance', 'agreements_acceptance'),
            ],
            state_operations=[
                migrations.DeleteModel('Acceptance'),
                migrations.DeleteModel('Guideline'),
            ],
        ),
    ]
