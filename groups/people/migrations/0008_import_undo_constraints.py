from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_undone_imports_were_asked"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='registerimport',
            constraint=models.CheckConstraint(condition=models.Q(('undo_asked_at__isnull', True), ('applied_at__isnull', False), _connector='OR'), name='import_undone_after_applying'),
        ),
        migrations.AddConstraint(
            model_name='registerimport',
            constraint=models.CheckConstraint(condition=models.Q(('undone_at__isnull', True), ('undo_asked_at__isnull', False), _connector='OR'), name='import_undone_when_asked'),
        ),
    ]
