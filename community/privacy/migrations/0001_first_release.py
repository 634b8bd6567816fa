import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import theme.migrating


class Migration(migrations.Migration):

    replaces = [
        ('privacy', '0001_exports_erasures_consents_and_terms'),
    ]

    initial = True

    dependencies = [
        ('subgroups', '0001_first_release'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        theme.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='DataExport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='data_exports', to=settings.AUTH_USER_MODEL)),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('ready_at', models.DateTimeField(blank=True, null=True)),
                        ('expires_at', models.DateTimeField(blank=True, null=True)),
                        ('file', models.CharField(blank=True, help_text='Random name in the folder of exports', max_length=80)),
                        ('size', models.PositiveBigIntegerField(default=0)),
                    ],
                    options={
                        'verbose_name': 'data export',
                        'verbose_name_plural': 'data exports',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ready_at__isnull', True)), fields=('member',), name='one_export_in_the_making'), models.CheckConstraint(condition=models.Q(models.Q(('expires_at__isnull', True), ('ready_at__isnull', True)), ('expires_at__gt', models.F('ready_at')), _connector='OR'), name='export_expires_after_it_is_ready')],
                    },
                ),
                migrations.CreateModel(
                    name='Erasure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='erasures', to=settings.AUTH_USER_MODEL)),
                        ('posts', models.CharField(choices=[('unname', 'keep what I wrote, without my name'), ('remove', 'remove what I wrote')], default='unname', max_length=6, verbose_name='what I wrote')),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('due_at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('counts', models.JSONField(default=dict, help_text='Rows touched per kind of data')),
                    ],
                    options={
                        'verbose_name': 'erasure',
                        'verbose_name_plural': 'erasures',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('done_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('member',), name='one_erasure_under_way'), models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), ('done_at__isnull', True), _connector='OR'), name='erasure_done_or_withdrawn')],
                    },
                ),
                migrations.CreateModel(
                    name='ConsentAnswer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consent_answers', to=settings.AUTH_USER_MODEL)),
                        ('purpose', models.CharField(max_length=40)),
                        ('is_given', models.BooleanField()),
                        ('version', models.PositiveSmallIntegerField(help_text='Version of the words')),
                        ('words', models.TextField(help_text='What the member read when answering')),
                        ('answered_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'consent',
                        'verbose_name_plural': 'consents',
                        'ordering': ['-answered_at', '-pk'],
                        'indexes': [models.Index(fields=['member', 'purpose', '-answered_at'], name='consent_newest')],
                    },
                ),
                migrations.CreateModel(
                    name='RetentionTerm',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('rule', models.CharField(max_length=40)),
                        ('subgroup', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subgroups.subgroup')),
                        ('days', models.PositiveIntegerField(blank=True, help_text='Empty: kept until somebody chooses a term', null=True)),
                        ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('set_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'term of keeping',
                        'verbose_name_plural': 'terms of keeping',
                        'ordering': ['-set_at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('days__isnull', True), ('days__gte', 1), _connector='OR'), name='term_of_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='RetentionRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('rule', models.CharField(max_length=40)),
                        ('subgroup', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='subgroups.subgroup')),
                        ('before', models.DateTimeField()),
                        ('wiped', models.PositiveIntegerField()),
                        ('done_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'wipe',
                        'verbose_name_plural': 'wipes',
                        'ordering': ['-done_at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='LegalHold',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subgroup', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='subgroups.subgroup')),
                        ('reason', models.TextField(max_length=1000, verbose_name='reason')),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                        ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('lifted_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'legal hold',
                        'verbose_name_plural': 'legal holds',
                        'constraints': [models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('asked_by')), _negated=True), _connector='OR'), name='hold_by_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='hold_confirmed_by_and_at'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='hold_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='PrivacyRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('access', 'see my data'), ('correction', 'correct my data'), ('erasure', 'erase my data'), ('objection', 'object to a use'), ('other', 'something else')], max_length=10, verbose_name='what it is about')),
                        ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='privacy_requests', to=settings.AUTH_USER_MODEL)),
                        ('asked_by', models.CharField(help_text='Name and how to reach them', max_length=160, verbose_name='who asks')),
                        ('question', models.TextField(max_length=4000, verbose_name='question')),
                        ('received_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='received on')),
                        ('due_on', models.DateField(verbose_name='answer before')),
                        ('answer', models.TextField(blank=True, max_length=4000, verbose_name='answer')),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'privacy request',
                        'verbose_name_plural': 'privacy requests',
                        'ordering': ['due_on', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='request_closed_with_an_answer')],
                    },
                ),
            ],
        ),
    ]
