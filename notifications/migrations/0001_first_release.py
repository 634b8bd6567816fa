import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import notifications.models.wishes
import theme.migrating


class Migration(migrations.Migration):

    replaces = [
        ('notifications', '0001_notices_and_outbox'),
        ('notifications', '0002_places_hours_and_devices'),
        ('notifications', '0003_one_mail_a_day'),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        theme.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='PushSubscription',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='push_subscriptions', to=settings.AUTH_USER_MODEL)),
                        ('endpoint', models.URLField(max_length=500, unique=True)),
                        ('public_key', models.CharField(max_length=120)),
                        ('secret', models.CharField(max_length=60)),
                        ('device', models.CharField(blank=True, max_length=60)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'device with push',
                        'verbose_name_plural': 'devices with push',
                    },
                ),
                migrations.CreateModel(
                    name='Bounce',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bounces', to=settings.AUTH_USER_MODEL)),
                        ('address', models.EmailField(max_length=254)),
                        ('reported_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('reference', models.CharField(help_text="The delivery or the provider's number; counts once", max_length=100)),
                        ('reason', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'verbose_name': 'returned mail',
                        'verbose_name_plural': 'returned mails',
                        'constraints': [models.UniqueConstraint(fields=('member', 'reference'), name='bounce_counts_once')],
                        'indexes': [models.Index(fields=['member', 'address'], name='bounce_of_address')],
                    },
                ),
                migrations.CreateModel(
                    name='Heartbeat',
                    fields=[
                        ('name', models.CharField(max_length=40, primary_key=True, serialize=False)),
                        ('seen_at', models.DateTimeField()),
                    ],
                    options={
                        'verbose_name': 'sign of life',
                        'verbose_name_plural': 'signs of life',
                    },
                ),
                migrations.CreateModel(
                    name='Notice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
                        ('kind', models.CharField(max_length=40)),
                        ('key', models.CharField(help_text='What it is about; notices with one key are bundled', max_length=100)),
                        ('place', models.CharField(blank=True, help_text='Where it belongs, for example subgroup.12', max_length=60)),
                        ('fact', models.CharField(blank=True, help_text='The last fact counted; the same one counts once', max_length=150)),
                        ('context', models.JSONField(default=dict)),
                        ('count', models.PositiveIntegerField(default=1)),
                        ('in_digest', models.BooleanField(default=False, help_text="Waits for the member's summary")),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('read_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'notice',
                        'verbose_name_plural': 'notices',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('read_at__isnull', True)), fields=('member', 'key'), name='notice_one_unread_per_key')],
                        'indexes': [models.Index(fields=['member', '-created_at'], name='notice_newest_first'), models.Index(condition=models.Q(('fact', ''), _negated=True), fields=['fact', 'member'], name='notice_of_fact')],
                    },
                ),
                migrations.CreateModel(
                    name='Delivery',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to=settings.AUTH_USER_MODEL)),
                        ('channel', models.CharField(choices=[('mail', 'Mail'), ('push', 'Push')], max_length=4)),
                        ('kind', models.CharField(max_length=40)),
                        ('key', models.CharField(help_text='What it is about; reading it in the app drops the delivery', max_length=100)),
                        ('place', models.CharField(blank=True, help_text='Where it belongs, for example subgroup.12', max_length=60)),
                        ('dedupe', models.CharField(help_text='The same fact is never queued twice', max_length=150)),
                        ('context', models.JSONField(default=dict)),
                        ('rank', models.PositiveSmallIntegerField(choices=[(0, 'personal'), (1, 'ordinary'), (2, 'to many')], default=1, help_text='Lower goes first')),
                        ('state', models.CharField(choices=[('queued', 'waiting'), ('taken', 'taken by a worker'), ('sending', 'being sent'), ('sent', 'sent'), ('failed', 'failed'), ('dropped', 'no longer needed')], default='queued', max_length=8)),
                        ('not_before', models.DateTimeField(default=django.utils.timezone.now)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('claimed_at', models.DateTimeField(blank=True, null=True)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('tries', models.PositiveSmallIntegerField(default=0)),
                        ('error', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'verbose_name': 'delivery',
                        'verbose_name_plural': 'deliveries',
                        'constraints': [models.UniqueConstraint(fields=('dedupe', 'member', 'channel'), name='delivery_once')],
                        'indexes': [models.Index(condition=models.Q(('state', 'queued')), fields=['rank', 'not_before', 'id'], name='delivery_due_by_rank'), models.Index(condition=models.Q(('state', 'queued')), fields=['member', 'key'], name='delivery_waiting_for_member'), models.Index(condition=models.Q(('state__in', ['taken', 'sending'])), fields=['state', 'claimed_at'], name='delivery_in_hand'), models.Index(condition=models.Q(('state', 'sent')), fields=['member', 'done_at'], name='delivery_sent_to_member'), models.Index(fields=['done_at'], name='delivery_done')],
                    },
                ),
                migrations.CreateModel(
                    name='Reminder',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders_given', to=settings.AUTH_USER_MODEL)),
                        ('kind', models.CharField(max_length=40)),
                        ('fact', models.CharField(help_text='What it was about and which step', max_length=150)),
                        ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('given_by_run', models.UUIDField(help_text='Tells the run that won from one that was a moment later')),
                    ],
                    options={
                        'verbose_name': 'reminder',
                        'verbose_name_plural': 'reminders',
                        'constraints': [models.UniqueConstraint(fields=('fact', 'member'), name='reminder_given_once')],
                        'indexes': [models.Index(fields=['given_by_run'], name='reminder_of_run')],
                    },
                ),
                migrations.CreateModel(
                    name='NoticeSettings',
                    fields=[
                        ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='notice_settings', serialize=False, to=settings.AUTH_USER_MODEL)),
                        ('quiet_from', models.TimeField(default=notifications.models.wishes.default_quiet_from, verbose_name='quiet from')),
                        ('quiet_until', models.TimeField(default=notifications.models.wishes.default_quiet_until, help_text='The same hour twice: no quiet hours.', verbose_name='until')),
                        ('quiet_weekend', models.BooleanField(default=False, verbose_name='quiet all weekend')),
                        ('zone', models.CharField(choices=[('Europe/Amsterdam', 'The Netherlands'), ('Europe/London', 'United Kingdom, Portugal'), ('Europe/Helsinki', 'Finland, Greece'), ('America/Curacao', 'Aruba, Bonaire, Curaçao'), ('America/Paramaribo', 'Suriname'), ('America/New_York', 'New York'), ('America/Los_Angeles', 'Los Angeles'), ('Asia/Jakarta', 'Jakarta'), ('Australia/Sydney', 'Sydney')], default='Europe/Amsterdam', max_length=40, verbose_name='your time zone')),
                        ('digest', models.CharField(choices=[('daily', 'Every day'), ('weekly', 'Every week'), ('never', 'Never')], default='daily', max_length=6, verbose_name='summary by mail')),
                        ('digest_hour', models.PositiveSmallIntegerField(choices=[(0, '0:00'), (1, '1:00'), (2, '2:00'), (3, '3:00'), (4, '4:00'), (5, '5:00'), (6, '6:00'), (7, '7:00'), (8, '8:00'), (9, '9:00'), (10, '10:00'), (11, '11:00'), (12, '12:00'), (13, '13:00'), (14, '14:00'), (15, '15:00'), (16, '16:00'), (17, '17:00'), (18, '18:00'), (19, '19:00'), (20, '20:00'), (21, '21:00'), (22, '22:00'), (23, '23:00')], default=8, verbose_name='at')),
                        ('digest_weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], default=0, verbose_name='on')),
                        ('push_level', models.CharField(choices=[('plain', 'Only that there is something'), ('group', 'Also which group'), ('text', 'Also what it is about')], default='plain', max_length=5, verbose_name='what a push shows')),
                        ('weekly_budget', models.PositiveSmallIntegerField(default=20, help_text='Mails and pushes a week; what comes on top waits for the summary.', verbose_name='at most')),
                        ('one_a_day', models.BooleanField(default=True, help_text='What comes after it waits for the summary. What asks you to confirm and what is urgent comes.', verbose_name='at most one mail a day with announcements')),
                        ('next_digest_at', models.DateTimeField(blank=True, editable=False, null=True)),
                        ('last_digest_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        'verbose_name': 'notice settings',
                        'verbose_name_plural': 'notice settings',
                        'constraints': [models.CheckConstraint(condition=models.Q(('digest_hour__lte', 23)), name='digest_hour_exists'), models.CheckConstraint(condition=models.Q(('digest_weekday__lte', 6)), name='digest_weekday_exists')],
                        'indexes': [models.Index(condition=models.Q(('next_digest_at__isnull', False)), fields=['next_digest_at'], name='notice_settings_digest_due')],
                    },
                ),
                migrations.CreateModel(
                    name='ChannelChoice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='channel_choices', to=settings.AUTH_USER_MODEL)),
                        ('kind', models.CharField(max_length=40)),
                        ('channel', models.CharField(choices=[('mail', 'Mail'), ('push', 'Push')], max_length=4)),
                        ('place', models.CharField(blank=True, help_text='Empty: everywhere', max_length=60)),
                        ('timing', models.CharField(choices=[('now', 'At once'), ('digest', 'In the summary'), ('off', 'Not')], default='now', max_length=6)),
                    ],
                    options={
                        'verbose_name': 'choice of channel',
                        'verbose_name_plural': 'choices of channel',
                        'constraints': [models.UniqueConstraint(fields=('member', 'kind', 'channel', 'place'), name='channel_choice_once'), models.CheckConstraint(condition=models.Q(('channel', 'push'), ('timing', 'digest'), _negated=True), name='channel_choice_no_digest_by_push')],
                    },
                ),
                migrations.CreateModel(
                    name='Mute',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mutes', to=settings.AUTH_USER_MODEL)),
                        ('place', models.CharField(max_length=60)),
                        ('until', models.DateTimeField(blank=True, help_text='Empty: always', null=True)),
                        ('keeps_mentions', models.BooleanField(default=True, verbose_name='still tell me when somebody mentions me')),
                    ],
                    options={
                        'verbose_name': 'muted group',
                        'verbose_name_plural': 'muted groups',
                        'constraints': [models.UniqueConstraint(fields=('member', 'place'), name='mute_once_per_place')],
                    },
                ),
            ],
        ),
    ]
