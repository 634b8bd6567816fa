import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import polls.models.ballots
import theme.migrating


class Migration(migrations.Migration):

    replaces = [
        ('polls', '0001_polls'),
        ('polls', '0002_what_voters_saw_is_frozen'),
        ('polls', '0003_more_kinds'),
        ('polls', '0004_tellers_and_draws'),
        ('polls', '0005_meetings_and_decisions'),
        ('polls', '0006_surveys'),
        ('polls', '0007_groups_marks_consent_and_events'),
        ('polls', '0008_barred_suspended_and_weights'),
        ('polls', '0009_second_votes_documents_and_follow_ups'),
        ('polls', '0010_receipts'),
    ]

    initial = True

    dependencies = [
        ('events', '0001_first_release'),
        ('subgroups', '0001_first_release'),
        ('todos', '0001_first_release'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        theme.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='Statutes',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('call_days', models.PositiveSmallIntegerField(blank=True, help_text='Usually 7 or 14; the law asks at least 7 for a change of statutes.', null=True, verbose_name='How many days before the meeting must it be called?')),
                        ('blank_counts', models.BooleanField(blank=True, help_text='Usually not.', null=True, verbose_name='Does a blank vote count as a vote cast?')),
                        ('matter_share', models.CharField(blank=True, choices=[('1/2', 'More than half'), ('2/3', 'Two thirds'), ('3/4', 'Three quarters'), ('1', 'Everybody in favour')], help_text='Usually more than half of the votes.', max_length=3, verbose_name='What does an ordinary proposal need?')),
                        ('change_share', models.CharField(blank=True, choices=[('1/2', 'More than half'), ('2/3', 'Two thirds'), ('3/4', 'Three quarters'), ('1', 'Everybody in favour')], help_text='By law two thirds, unless the statutes say otherwise.', max_length=3, verbose_name='What does a change of statutes need?')),
                        ('change_quorum', models.CharField(blank=True, choices=[('', 'None'), ('1/10', '1/10'), ('1/4', '1/4'), ('1/3', '1/3'), ('1/2', '1/2'), ('2/3', '2/3'), ('3/4', '3/4')], help_text='Often two thirds; without it a second meeting decides.', max_length=4, verbose_name='Which part must be present or represented for a change of statutes?')),
                        ('proxies_per_holder', models.PositiveSmallIntegerField(blank=True, help_text='0 is no proxies at all.', null=True, verbose_name='For how many others may one member vote?')),
                        ('proxy_hours', models.PositiveSmallIntegerField(blank=True, help_text='Often 24.', null=True, verbose_name='How many hours before the meeting must a proxy be given?')),
                        ('giver_may_still_vote', models.BooleanField(blank=True, help_text="If so, the own vote takes the proxy's place.", null=True, verbose_name='May who gave a proxy still vote in person?')),
                        ('advance_days', models.PositiveSmallIntegerField(blank=True, help_text='0 is not; the law allows at most 30.', null=True, validators=[django.core.validators.MaxValueValidator(30)], verbose_name='How many days before the meeting may members vote?')),
                        ('digital_ground', models.CharField(blank=True, help_text='The article of your statutes. Empty: a wholly digital meeting cannot be called.', max_length=200, verbose_name='On which ground may members vote electronically?')),
                        ('second_meeting_days', models.PositiveSmallIntegerField(blank=True, help_text='Often 28. Empty: your statutes set no term.', null=True, verbose_name='Within how many days must a second meeting be held when the quorum is missed?')),
                        ('weights', models.JSONField(blank=True, default=dict, editable=False)),
                        ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ],
                    options={
                        'verbose_name': 'statutes',
                        'verbose_name_plural': 'statutes',
                        'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='statutes_once'), models.CheckConstraint(condition=models.Q(('advance_days__isnull', True), ('advance_days__lte', 30), _connector='OR'), name='statutes_advance_at_most_30')],
                    },
                ),
                migrations.CreateModel(
                    name='Suspension',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='from')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='up to and including')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reason', models.CharField(max_length=200, verbose_name='decided by whom, and why')),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'suspension',
                        'verbose_name_plural': 'suspensions',
                        'ordering': ['-starts_on', '-pk'],
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='suspension_ends_after_start'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='suspension_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Meeting',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=120, verbose_name='title')),
                        ('kind', models.CharField(choices=[('physical', 'In one place'), ('hybrid', 'In one place and online'), ('digital', 'Online only')], default='physical', max_length=8, verbose_name='kind')),
                        ('held_at', models.DateTimeField(verbose_name='held at')),
                        ('record_on', models.DateField(blank=True, help_text='Only who was a member on this day may vote. Leave empty when everybody who is a member now may.', null=True, verbose_name='record date')),
                        ('place', models.CharField(blank=True, max_length=200, verbose_name='place or address online')),
                        ('text', models.TextField(blank=True, max_length=4000, verbose_name='invitation')),
                        ('second_of', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='second_meetings', to='polls.meeting')),
                        ('rules', models.JSONField(default=dict, editable=False)),
                        ('called_at', models.DateTimeField(editable=False, null=True)),
                        ('called_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('opened_at', models.DateTimeField(editable=False, null=True)),
                        ('closed_at', models.DateTimeField(editable=False, null=True)),
                        ('minutes', models.TextField(blank=True, max_length=40000, verbose_name='minutes')),
                        ('adopted_at', models.DateTimeField(editable=False, null=True)),
                    ],
                    options={
                        'verbose_name': 'meeting',
                        'verbose_name_plural': 'meetings',
                        'ordering': ['-held_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('opened_at__isnull', True), ('called_at__isnull', False), _connector='OR'), name='meeting_called_before_opening'), models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), ('opened_at__isnull', False), _connector='OR'), name='meeting_opened_before_closing'), models.CheckConstraint(condition=models.Q(('adopted_at__isnull', True), models.Q(('minutes', ''), _negated=True), _connector='OR'), name='meeting_adopts_written_minutes')],
                    },
                ),
                migrations.CreateModel(
                    name='Attendance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='polls.meeting')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('checked_in_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('meeting', 'member'), name='attendance_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Proxy',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proxies', to='polls.meeting')),
                        ('giver', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('holder', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('accepted_at', models.DateTimeField(null=True)),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'verbose_name': 'proxy',
                        'verbose_name_plural': 'proxies',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('meeting', 'giver'), name='proxy_one_per_giver'), models.CheckConstraint(condition=models.Q(('giver', models.F('holder')), _negated=True), name='proxy_to_somebody_else')],
                    },
                ),
                migrations.CreateModel(
                    name='AgendaItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='polls.meeting')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('text', models.TextField(blank=True, max_length=10000, verbose_name='explanation')),
                    ],
                    options={
                        'verbose_name': 'agenda item',
                        'verbose_name_plural': 'agenda items',
                        'ordering': ['number'],
                        'constraints': [models.UniqueConstraint(fields=('meeting', 'number'), name='item_number_once')],
                    },
                ),
                migrations.CreateModel(
                    name='MeetingDocument',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='polls.meeting')),
                        ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='polls.agendaitem')),
                        ('file', models.FileField(upload_to='meetings/')),
                        ('name', models.CharField(max_length=100)),
                        ('content_type', models.CharField(max_length=100)),
                        ('size', models.PositiveBigIntegerField(help_text='Bytes')),
                        ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'document of a meeting',
                        'verbose_name_plural': 'documents of meetings',
                        'ordering': ['added_at', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='AgendaQuestion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='polls.agendaitem')),
                        ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('text', models.TextField(max_length=1000, verbose_name='question')),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('answer', models.TextField(blank=True, max_length=2000, verbose_name='answer')),
                        ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('answered_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'verbose_name': 'question to a meeting',
                        'verbose_name_plural': 'questions to meetings',
                        'ordering': ['asked_at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='agenda_question_asks_something'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='agenda_question_answered_has_a_moment')],
                    },
                ),
                migrations.CreateModel(
                    name='Poll',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subgroup', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='polls', to='subgroups.subgroup', verbose_name='group')),
                        ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='polls', to='polls.agendaitem')),
                        ('kind', models.CharField(choices=[('gauge', 'Poll'), ('statement', 'Statement'), ('dates', 'Date finder'), ('ranking', 'Put in order'), ('points', 'Divide points'), ('marks', 'Give marks'), ('signup', 'Sign up'), ('survey', 'Survey'), ('consent', 'Consent'), ('motion', 'Proposal or motion'), ('election', 'Election')], max_length=12, verbose_name='kind')),
                        ('question', models.CharField(max_length=200, verbose_name='question')),
                        ('explanation', models.TextField(blank=True, max_length=4000, verbose_name='explanation')),
                        ('secrecy', models.CharField(choices=[('open', 'Open: everybody sees who chose what'), ('confidential', 'Confidential: names are hidden on every page'), ('secret', 'Secret: sealed, nobody can look up a choice')], default='open', max_length=12, verbose_name='who sees the choices')),
                        ('stored_rules', models.JSONField(db_column='rules', default=dict, editable=False)),
                        ('adds_options', models.BooleanField(default=False, verbose_name='voters may add options')),
                        ('opens_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='opens at')),
                        ('closes_at', models.DateTimeField(verbose_name='closes at')),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('planned', 'planned'), ('open', 'open'), ('closed', 'closed, not yet counted'), ('counted', 'counted'), ('published', 'result published'), ('void', 'void')], default='draft', editable=False, max_length=9)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('closed_at', models.DateTimeField(editable=False, null=True)),
                        ('closed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('follows', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='polls.poll')),
                        ('event', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='events.event')),
                        ('also_in', models.ManyToManyField(blank=True, editable=False, related_name='+', to='subgroups.subgroup', verbose_name='also for these groups')),
                    ],
                    options={
                        'verbose_name': 'poll',
                        'verbose_name_plural': 'polls',
                        'ordering': ['closes_at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='poll_closes_after_opening'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state__in', ['draft', 'planned', 'open'])), models.Q(('closed_at__isnull', False), ('state__in', ['closed', 'counted', 'published', 'void'])), _connector='OR'), name='poll_closed_has_a_moment'), models.CheckConstraint(condition=models.Q(('question', ''), _negated=True), name='poll_has_a_question'), models.CheckConstraint(condition=models.Q(('item__isnull', True), ('subgroup__isnull', True), _connector='OR'), name='poll_of_a_meeting_is_for_all')],
                        'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['closes_at'], name='poll_open_by_closing'), models.Index(fields=['subgroup', '-closes_at'], name='poll_of_subgroup')],
                    },
                ),
                migrations.CreateModel(
                    name='Option',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('poll', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='polls.poll')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('text', models.CharField(max_length=200, verbose_name='option')),
                        ('added_at', models.DateTimeField(editable=False, null=True)),
                    ],
                    options={
                        'verbose_name': 'option',
                        'verbose_name_plural': 'options',
                        'ordering': ['number'],
                        'constraints': [models.UniqueConstraint(fields=('poll', 'number'), name='option_number_once'), models.UniqueConstraint(fields=('poll', 'text'), name='option_text_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='option_numbered_from_1')],
                    },
                ),
                migrations.CreateModel(
                    name='Elector',
                    fields=[
                        ('id', models.BigIntegerField(default=polls.models.ballots.random_key, editable=False, primary_key=True, serialize=False)),
                        ('poll', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='electors', to='polls.poll')),
                        ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('represented_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('weight', models.PositiveSmallIntegerField(default=1)),
                        ('voted', models.BooleanField(default=False)),
                        ('answer', models.CharField(max_length=250, null=True)),
                        ('sealed', models.BinaryField(null=True)),
                        ('place', models.PositiveIntegerField(null=True)),
                        ('barred_at', models.DateTimeField(null=True)),
                        ('barred_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('barred_reason', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'verbose_name': 'elector',
                        'verbose_name_plural': 'electors',
                        'constraints': [models.UniqueConstraint(fields=('poll', 'member'), name='elector_once_per_poll'), models.CheckConstraint(condition=models.Q(('voted', True), models.Q(('answer__isnull', True), ('sealed__isnull', True)), _connector='OR'), name='elector_voted_with_answer'), models.CheckConstraint(condition=models.Q(('answer__isnull', True), ('sealed__isnull', True), _connector='OR'), name='elector_answer_open_or_sealed'), models.CheckConstraint(condition=models.Q(models.Q(('barred_at__isnull', True), ('barred_reason', '')), models.Q(('barred_at__isnull', False), models.Q(('barred_reason', ''), _negated=True)), _connector='OR'), name='elector_barred_with_a_reason'), models.UniqueConstraint(fields=('poll', 'place'), name='elector_place_once'), models.CheckConstraint(condition=models.Q(('weight__gte', 1)), name='elector_weighs_at_least_one')],
                        'indexes': [models.Index(condition=models.Q(('voted', False)), fields=['member'], name='elector_still_to_vote'), models.Index(condition=models.Q(('represented_by__isnull', False)), fields=['represented_by'], name='elector_represented')],
                    },
                ),
                migrations.CreateModel(
                    name='Tally',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('poll', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tallies', to='polls.poll')),
                        ('is_final', models.BooleanField(default=False)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('profile', models.JSONField(default=dict)),
                        ('voters', models.PositiveIntegerField(default=0)),
                        ('entitled', models.PositiveIntegerField(default=0)),
                        ('result', models.JSONField(default=dict)),
                        ('fingerprint', models.CharField(max_length=64)),
                        ('envelopes', models.JSONField(default=list)),
                        ('receipts', models.JSONField(default=list)),
                        ('computed_at', models.DateTimeField()),
                    ],
                    options={
                        'verbose_name': 'tally',
                        'verbose_name_plural': 'tallies',
                        'constraints': [models.UniqueConstraint(fields=('poll', 'is_final'), name='tally_one_running_one_final')],
                    },
                ),
                migrations.CreateModel(
                    name='Decision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('poll', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='polls.poll')),
                        ('year', models.PositiveSmallIntegerField()),
                        ('number', models.PositiveSmallIntegerField()),
                        ('verdict', models.CharField(max_length=400)),
                        ('figures', models.JSONField()),
                        ('text', models.TextField(max_length=4000, verbose_name='text for the minutes')),
                        ('stated_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('stated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'decision',
                        'verbose_name_plural': 'decisions',
                        'ordering': ['-year', '-number'],
                        'constraints': [models.UniqueConstraint(fields=('year', 'number'), name='decision_number_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Outcome',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('poll', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='outcome', to='polls.poll')),
                        ('text', models.TextField(max_length=4000, verbose_name='what happens now')),
                        ('link', models.CharField(blank=True, help_text='The event, the pot or the discussion it leads to, as an address here: /pots/7/.', max_length=200, validators=[django.core.validators.RegexValidator('^/(?![/\\\\])', 'Give the address of a page here, for example /pots/7/.')], verbose_name='page it leads to')),
                        ('stated_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('stated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'outcome statement',
                        'verbose_name_plural': 'outcome statements',
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='outcome_says_something')],
                    },
                ),
                migrations.CreateModel(
                    name='FollowUp',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('poll', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follow_ups', to='polls.poll')),
                        ('task', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='todos.task')),
                    ],
                    options={
                        'verbose_name': 'follow-up',
                        'verbose_name_plural': 'follow-ups',
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='PollKey',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('poll', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='key', to='polls.poll')),
                        ('public', models.BinaryField()),
                        ('reference', models.CharField(max_length=32, unique=True)),
                        ('needed', models.PositiveSmallIntegerField(default=0)),
                        ('destroyed_at', models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Teller',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('poll', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tellers', to='polls.poll')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('public', models.BinaryField(null=True)),
                        ('locked', models.BinaryField(null=True)),
                        ('share', models.BinaryField(null=True)),
                    ],
                    options={
                        'verbose_name': 'teller',
                        'verbose_name_plural': 'tellers',
                        'constraints': [models.UniqueConstraint(fields=('poll', 'member'), name='teller_once_per_poll'), models.CheckConstraint(condition=models.Q(models.Q(('locked__isnull', True), ('public__isnull', True)), models.Q(('locked__isnull', False), ('public__isnull', False)), _connector='OR'), name='teller_key_is_whole')],
                    },
                ),
                migrations.CreateModel(
                    name='Draw',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('poll', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='polls.poll')),
                        ('tied', models.JSONField()),
                        ('order', models.JSONField()),
                        ('seed', models.CharField(max_length=200, verbose_name='what was thrown or drawn')),
                        ('witnesses', models.CharField(max_length=200, verbose_name='witnesses')),
                        ('drawn_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('drawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'draw',
                        'verbose_name_plural': 'draws',
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('witnesses', ''), _negated=True), models.Q(('seed', ''), _negated=True)), name='draw_is_witnessed')],
                    },
                ),
                migrations.CreateModel(
                    name='SurveyQuestion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('poll', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='polls.poll')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('section', models.CharField(blank=True, max_length=120, verbose_name='section')),
                        ('kind', models.CharField(choices=[('single', 'Choose one'), ('multiple', 'Choose several'), ('yes_no', 'Yes or no'), ('scale', 'Five steps, disagree to agree'), ('grade', 'A mark from 1 to 10'), ('number', 'A number'), ('date', 'A date'), ('text', 'A short text'), ('long_text', 'A longer text'), ('note', 'Only an explanation, no answer')], max_length=10, verbose_name='kind of answer')),
                        ('text', models.CharField(max_length=300, verbose_name='question')),
                        ('options', models.JSONField(blank=True, default=list)),
                        ('required', models.BooleanField(default=False, verbose_name='must be answered')),
                        ('depends_on', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='polls.surveyquestion')),
                        ('depends_answer', models.CharField(blank=True, max_length=20, verbose_name='asked only after this answer')),
                    ],
                    options={
                        'verbose_name': 'survey question',
                        'verbose_name_plural': 'survey questions',
                        'ordering': ['number'],
                        'constraints': [models.UniqueConstraint(fields=('poll', 'number'), name='survey_question_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('depends_answer', ''), ('depends_on__isnull', True)), models.Q(('depends_on__isnull', False), models.Q(('depends_answer', ''), _negated=True)), _connector='OR'), name='survey_question_depends_on_an_answer')],
                    },
                ),
                migrations.CreateModel(
                    name='Sheet',
                    fields=[
                        ('id', models.BigIntegerField(default=polls.models.ballots.random_key, editable=False, primary_key=True, serialize=False)),
                        ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='polls.surveyquestion')),
                        ('elector', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sheets', to='polls.elector')),
                        ('answer', models.CharField(blank=True, max_length=2000)),
                        ('sealed', models.BinaryField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('question', 'elector'), name='sheet_once'), models.CheckConstraint(condition=models.Q(('answer', ''), ('sealed__isnull', True), _connector='OR'), name='sheet_named_or_sealed')],
                    },
                ),
                migrations.CreateModel(
                    name='SurveyLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('elector', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='link', to='polls.elector')),
                        ('token_hash', models.CharField(max_length=64, unique=True)),
                    ],
                ),
            ],
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='repeats',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='polls.poll'),
        ),
    ]
