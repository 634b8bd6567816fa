import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Takes over the tables that groups/moderation made; nothing in the database changes."""

    initial = True

    dependencies = [
        ('moderation', '0003_guidelines_move_to_agreements'),
        ('subgroups', '0001_first_release'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='AgreedText',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subgroup', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='guidelines', to='subgroups.subgroup')),
                        ('version', models.PositiveIntegerField()),
                        ('text', models.TextField(max_length=10000, verbose_name='text')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'ordering': ['version'],
                        'constraints': [models.UniqueConstraint(fields=('subgroup', 'version'), name='guideline_version_once'), models.UniqueConstraint(condition=models.Q(('subgroup__isnull', True)), fields=('version',), name='guideline_version_of_all_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='guideline_has_text')],
                    },
                ),
                migrations.CreateModel(
                    name='Acceptance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('guideline', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acceptances', to='agreements.agreedtext')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acceptances', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'acceptance',
                        'verbose_name_plural': 'acceptances',
                        'constraints': [models.UniqueConstraint(fields=('guideline', 'member'), name='acceptance_once')],
                    },
                ),
            ],
        ),
        migrations.RemoveConstraint('acceptance', 'acceptance_once'),
        migrations.RenameField('acceptance', 'guideline', 'text'),
        migrations.AddConstraint('acceptance', models.UniqueConstraint(fields=('text', 'member'), name='acceptance_once')),
    ]
