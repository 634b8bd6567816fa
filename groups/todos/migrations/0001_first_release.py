import datetime

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import theme.migrating


class Migration(migrations.Migration):

    replaces = [
        ('todos', '0001_tasks_and_reminders'),
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
                    name='Task',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=150, verbose_name='what is to be done')),
                        ('note', models.TextField(blank=True, max_length=2000, verbose_name='note')),
                        ('subgroup', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='subgroups.subgroup', verbose_name='group')),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='tasks_made', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('assignee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='tasks', to=settings.AUTH_USER_MODEL, verbose_name='who does it')),
                        ('accepted_at', models.DateTimeField(blank=True, editable=False, null=True)),
                        ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='before')),
                        ('repeat', models.CharField(blank=True, choices=[('', 'Once'), ('daily', 'Every day'), ('weekly', 'Every week'), ('monthly', 'Every month'), ('yearly', 'Every year')], max_length=7, verbose_name='repeat')),
                        ('done_at', models.DateTimeField(blank=True, editable=False, null=True)),
                        ('done_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('source', models.CharField(blank=True, editable=False, help_text='What it came from: message.12', max_length=60)),
                        ('repeats', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='next_time', to='todos.task')),
                    ],
                    options={
                        'verbose_name': 'task',
                        'verbose_name_plural': 'tasks',
                        'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='task_has_title'), models.CheckConstraint(condition=models.Q(('repeat', ''), ('due_at__isnull', False), _connector='OR'), name='task_repeats_from_a_moment')],
                        'indexes': [models.Index(condition=models.Q(('done_at__isnull', True)), fields=['assignee', 'due_at'], name='task_open_of_member'), models.Index(condition=models.Q(('done_at__isnull', True)), fields=['subgroup', 'due_at'], name='task_open_of_group')],
                    },
                ),
                migrations.CreateModel(
                    name='TaskReminder',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='todos.task')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                        ('before', models.DurationField(default=datetime.timedelta, help_text='How long before the task is due')),
                        ('given_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'reminder of a task',
                        'verbose_name_plural': 'reminders of tasks',
                        'constraints': [models.UniqueConstraint(fields=('task', 'member', 'at'), name='task_reminder_once')],
                        'indexes': [models.Index(condition=models.Q(('given_at__isnull', True)), fields=['at'], name='task_reminder_due')],
                    },
                ),
                migrations.CreateModel(
                    name='TaskEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='todos.task')),
                        ('act', models.CharField(choices=[('made', 'made this task'), ('changed', 'changed this task'), ('asked', 'asked'), ('accepted', 'will do it'), ('declined', 'cannot do it'), ('done', 'finished it'), ('reopened', 'opened it again')], max_length=8)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('about', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'step of a task',
                        'verbose_name_plural': 'steps of tasks',
                        'ordering': ['at', 'pk'],
                    },
                ),
            ],
        ),
    ]
