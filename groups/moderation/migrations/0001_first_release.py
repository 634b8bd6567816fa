import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import theme.migrating


class Migration(migrations.Migration):

    replaces = [
        ('moderation', '0001_reports_acts_and_guidelines'),
        ('moderation', '0002_unusual_rises'),
    ]

    initial = True

    dependencies = [
        ('conversations', '0001_first_release'),
        ('subgroups', '0001_first_release'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        theme.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='Report',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reports', to='conversations.message')),
                        ('about', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('subgroup', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subgroups.subgroup')),
                        ('reporter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('category', models.CharField(choices=[('rude', 'Rude or hurtful'), ('spam', 'Advertising or spam'), ('private', "Somebody's private information"), ('unsafe', 'Unsafe or threatening'), ('other', 'Something else')], max_length=10, verbose_name='what is wrong?')),
                        ('explanation', models.TextField(blank=True, max_length=1000, verbose_name='explanation')),
                        ('words', models.TextField(blank=True)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('outcome', models.CharField(blank=True, choices=[('acted', 'We did something about it'), ('nothing', 'We found nothing against the guidelines')], max_length=8)),
                        ('answer', models.TextField(blank=True, max_length=1000, verbose_name='answer to who reported it')),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'report',
                        'verbose_name_plural': 'reports',
                        'ordering': ['created_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('message', 'reporter'), name='report_once_while_open'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('outcome', '')), models.Q(('closed_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='report_closed_has_outcome')],
                        'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['created_at'], name='report_open')],
                    },
                ),
                migrations.CreateModel(
                    name='Flag',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('subgroup', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subgroups.subgroup')),
                        ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='conversations.message')),
                        ('reactions', models.PositiveIntegerField()),
                        ('people', models.PositiveIntegerField()),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('seen_at', models.DateTimeField(blank=True, null=True)),
                        ('seen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'unusual rise',
                        'verbose_name_plural': 'unusual rises',
                        'ordering': ['at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('seen_at__isnull', True)), fields=('author', 'subgroup'), name='flag_once_while_open')],
                    },
                ),
                migrations.CreateModel(
                    name='Guideline',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subgroup', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='guidelines', to='subgroups.subgroup')),
                        ('version', models.PositiveIntegerField()),
                        ('text', models.TextField(max_length=10000, verbose_name='text')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'version of the guidelines',
                        'verbose_name_plural': 'versions of the guidelines',
                        'ordering': ['version'],
                        'constraints': [models.UniqueConstraint(fields=('subgroup', 'version'), name='guideline_version_once'), models.UniqueConstraint(condition=models.Q(('subgroup__isnull', True)), fields=('version',), name='guideline_version_of_all_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='guideline_has_text')],
                    },
                ),
                migrations.CreateModel(
                    name='Act',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='moderation.report')),
                        ('kind', models.CharField(choices=[('hide', 'Hide the message'), ('ask', 'Ask to change it'), ('remove', 'Remove the message'), ('warn', 'Warn'), ('limit', 'No posting for some days'), ('ban', 'Take out of the group')], max_length=6)),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moderation_acts', to=settings.AUTH_USER_MODEL)),
                        ('subgroup', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subgroups.subgroup')),
                        ('reason', models.TextField(max_length=1000, verbose_name='reason')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('until', models.DateTimeField(blank=True, null=True)),
                        ('reply', models.TextField(blank=True, max_length=1000, verbose_name='your answer')),
                        ('replied_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'act of a moderator',
                        'verbose_name_plural': 'acts of moderators',
                        'ordering': ['at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='act_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'limit'), ('until__isnull', False), ('until__gt', models.F('at'))), models.Q(models.Q(('kind', 'limit'), _negated=True), ('until__isnull', True)), _connector='OR'), name='act_limit_has_end'), models.CheckConstraint(condition=models.Q(models.Q(('replied_at__isnull', True), ('reply', '')), models.Q(('replied_at__isnull', False), models.Q(('reply', ''), _negated=True)), _connector='OR'), name='act_reply_has_moment')],
                    },
                ),
                migrations.CreateModel(
                    name='Acceptance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('guideline', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acceptances', to='moderation.guideline')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acceptances', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'acceptance',
                        'verbose_name_plural': 'acceptances',
                        'constraints': [models.UniqueConstraint(fields=('guideline', 'member'), name='acceptance_once')],
                    },
                ),
            ],
        ),
    ]
