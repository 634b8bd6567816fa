import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import theme.migrating


class Migration(migrations.Migration):

    replaces = [
        ('events', '0001_events_answers_and_feeds'),
        ('events', '0002_questions_shifts_and_reminders'),
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
                    name='Series',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subgroup', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='event_series', to='subgroups.subgroup')),
                        ('rhythm', models.CharField(choices=[('weekly', 'Every week'), ('fortnightly', 'Every two weeks'), ('monthly', 'Every month, on the same day of the week')], max_length=12)),
                        ('until', models.DateField()),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'series of events',
                        'verbose_name_plural': 'series of events',
                    },
                ),
                migrations.CreateModel(
                    name='CalendarFeed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feed', to=settings.AUTH_USER_MODEL)),
                        ('fingerprint', models.CharField(max_length=64, unique=True)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'calendar feed',
                        'verbose_name_plural': 'calendar feeds',
                    },
                ),
                migrations.CreateModel(
                    name='Event',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subgroup', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='subgroups.subgroup', verbose_name='group')),
                        ('series', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='events', to='events.series')),
                        ('title', models.CharField(max_length=120, verbose_name='title')),
                        ('description', models.TextField(blank=True, max_length=5000, verbose_name='description')),
                        ('place', models.CharField(blank=True, max_length=160, verbose_name='place')),
                        ('access_facts', models.CharField(blank=True, max_length=300, verbose_name='accessibility')),
                        ('is_all_day', models.BooleanField(default=False, verbose_name='whole days')),
                        ('starts_at', models.DateTimeField(verbose_name='start')),
                        ('ends_at', models.DateTimeField(verbose_name='end')),
                        ('capacity', models.PositiveIntegerField(blank=True, null=True, verbose_name='places')),
                        ('answer_by', models.DateTimeField(blank=True, null=True, verbose_name='answer before')),
                        ('remind_hours', models.PositiveSmallIntegerField(choices=[(0, 'not at all'), (2, 'two hours before'), (24, 'a day before'), (48, 'two days before'), (168, 'a week before')], default=24, help_text='Who said yes or maybe is reminded.', verbose_name='remind')),
                        ('guest_list', models.CharField(choices=[('names', 'Everybody sees who comes'), ('count', 'Everybody sees how many come'), ('organisers', 'Only the organisers see who comes')], default='names', max_length=10, verbose_name='list of who comes')),
                        ('code', models.CharField(help_text='Typed by who is there, to note attendance', max_length=6)),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('revision', models.PositiveIntegerField(default=0, help_text='Grows with each change; calendar programs look at it')),
                        ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                        ('cancelled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'event',
                        'verbose_name_plural': 'events',
                        'ordering': ['starts_at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='event_ends_after_start'), models.CheckConstraint(condition=models.Q(('capacity__isnull', True), ('capacity__gte', 1), _connector='OR'), name='event_has_places'), models.CheckConstraint(condition=models.Q(('answer_by__isnull', True), ('answer_by__lte', models.F('ends_at')), _connector='OR'), name='event_answers_before_end')],
                        'indexes': [models.Index(fields=['starts_at'], name='event_by_start')],
                    },
                ),
                migrations.CreateModel(
                    name='Answer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='events.event')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='event_answers', to=settings.AUTH_USER_MODEL)),
                        ('choice', models.CharField(choices=[('yes', 'I am coming'), ('maybe', 'Maybe'), ('no', 'I am not coming')], max_length=5)),
                        ('remark', models.CharField(blank=True, max_length=200)),
                        ('answered_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('waiting_since', models.DateTimeField(blank=True, null=True)),
                        ('attended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'answer',
                        'verbose_name_plural': 'answers',
                        'constraints': [models.UniqueConstraint(fields=('event', 'member'), name='answer_once_per_event'), models.CheckConstraint(condition=models.Q(('waiting_since__isnull', True), ('choice', 'yes'), _connector='OR'), name='answer_waits_only_with_yes')],
                        'indexes': [models.Index(condition=models.Q(('waiting_since__isnull', False)), fields=['event', 'waiting_since'], name='answer_waiting_line')],
                    },
                ),
                migrations.CreateModel(
                    name='Question',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='events.event')),
                        ('text', models.CharField(max_length=160, verbose_name='question')),
                        ('is_required', models.BooleanField(default=False, verbose_name='must be answered')),
                        ('is_sensitive', models.BooleanField(default=False, verbose_name='private: wiped a month after the event')),
                    ],
                    options={
                        'verbose_name': 'question',
                        'verbose_name_plural': 'questions',
                        'ordering': ['pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='event_question_asks_something')],
                    },
                ),
                migrations.CreateModel(
                    name='Shift',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shifts', to='events.event')),
                        ('title', models.CharField(max_length=80, verbose_name='what')),
                        ('starts_at', models.DateTimeField(verbose_name='from')),
                        ('ends_at', models.DateTimeField(verbose_name='until')),
                        ('places', models.PositiveSmallIntegerField(default=1, verbose_name='people needed')),
                    ],
                    options={
                        'verbose_name': 'shift',
                        'verbose_name_plural': 'shifts',
                        'ordering': ['starts_at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='shift_ends_after_start'), models.CheckConstraint(condition=models.Q(('places__gte', 1), models.Q(('title', ''), _negated=True)), name='shift_needs_people_for_something')],
                    },
                ),
                migrations.CreateModel(
                    name='Reply',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='events.question')),
                        ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='events.answer')),
                        ('text', models.CharField(max_length=500)),
                    ],
                    options={
                        'verbose_name': 'reply to a question',
                        'verbose_name_plural': 'replies to questions',
                        'constraints': [models.UniqueConstraint(fields=('question', 'answer'), name='event_reply_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ShiftPlace',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('shift', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taken', to='events.shift')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shifts', to=settings.AUTH_USER_MODEL)),
                        ('number', models.PositiveSmallIntegerField()),
                        ('since', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'place in a shift',
                        'verbose_name_plural': 'places in shifts',
                        'ordering': ['number'],
                        'constraints': [models.UniqueConstraint(fields=('shift', 'member'), name='shift_once_per_member'), models.UniqueConstraint(fields=('shift', 'number'), name='shift_place_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ShiftSwap',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='swaps', to='events.shiftplace')),
                        ('asked', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='swaps_asked', to=settings.AUTH_USER_MODEL)),
                        ('in_exchange', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='events.shiftplace')),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('is_accepted', models.BooleanField(default=False)),
                    ],
                    options={
                        'verbose_name': 'swap',
                        'verbose_name_plural': 'swaps',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('place',), name='swap_one_open'), models.CheckConstraint(condition=models.Q(('is_accepted', False), ('answered_at__isnull', False), _connector='OR'), name='swap_accepted_at_a_moment')],
                    },
                ),
            ],
        ),
    ]
