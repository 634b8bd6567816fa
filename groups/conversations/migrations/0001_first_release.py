import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import theme.migrating


class Migration(migrations.Migration):

    replaces = [
        ('conversations', '0001_conversations_and_messages'),
        ('conversations', '0002_reactions'),
        ('conversations', '0003_attachments'),
        ('conversations', '0004_direct_messages'),
        ('conversations', '0005_hidden_messages'),
        ('conversations', '0006_rules_for_talking'),
        ('conversations', '0007_answers_of_discussions'),
        ('conversations', '0008_pointers_to_moved_messages'),
        ('conversations', '0009_status_texts_and_automatic_answers'),
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
                    name='AutoAnswer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subgroup', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='auto_answers', to='subgroups.subgroup')),
                        ('trigger', models.CharField(choices=[('hours', 'When somebody writes outside the hours'), ('keyword', 'When a message holds one of these words'), ('first', 'When somebody writes here for the first time')], max_length=7, verbose_name='When?')),
                        ('keywords', models.CharField(blank=True, help_text='Separated by commas.', max_length=200, verbose_name='Words')),
                        ('text', models.CharField(max_length=500, verbose_name='Answer')),
                    ],
                    options={
                        'verbose_name': 'automatic answer',
                        'verbose_name_plural': 'automatic answers',
                        'ordering': ['trigger', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('trigger', 'keyword'), _negated=True), fields=('subgroup', 'trigger'), name='auto_answer_once_per_trigger'), models.CheckConstraint(condition=models.Q(models.Q(('trigger', 'keyword'), models.Q(('keywords', ''), _negated=True)), models.Q(models.Q(('trigger', 'keyword'), _negated=True), ('keywords', '')), _connector='OR'), name='auto_answer_words_with_keyword'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='auto_answer_has_text')],
                    },
                ),
                migrations.CreateModel(
                    name='TalkChoices',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='talk_choices', to=settings.AUTH_USER_MODEL)),
                        ('who_may_write', models.CharField(choices=[('everybody', 'Every member of the association'), ('groups', 'Members of my groups'), ('managers', 'Only managers and the board'), ('nobody', 'Nobody')], default='everybody', max_length=10, verbose_name='Who may send you messages?')),
                        ('shares_reading_since', models.DateTimeField(blank=True, default=django.utils.timezone.now, null=True)),
                        ('shares_last_seen', models.BooleanField(default=False)),
                    ],
                    options={
                        'verbose_name': 'choices about messages',
                        'verbose_name_plural': 'choices about messages',
                    },
                ),
                migrations.CreateModel(
                    name='StatusText',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='status_text', to=settings.AUTH_USER_MODEL)),
                        ('text', models.CharField(max_length=80, verbose_name='what others read beside your name')),
                        ('ends_at', models.DateTimeField(verbose_name='until')),
                    ],
                    options={
                        'verbose_name': 'status text',
                        'verbose_name_plural': 'status texts',
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='status_has_text')],
                    },
                ),
                migrations.CreateModel(
                    name='Presence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='presence', to=settings.AUTH_USER_MODEL)),
                        ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'presence',
                        'verbose_name_plural': 'presences',
                    },
                ),
                migrations.CreateModel(
                    name='Barrier',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='barriers', to=settings.AUTH_USER_MODEL)),
                        ('against', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('kind', models.CharField(choices=[('mute', 'muted'), ('block', 'blocked')], max_length=5)),
                        ('since', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'barrier',
                        'verbose_name_plural': 'barriers',
                        'constraints': [models.UniqueConstraint(fields=('member', 'against'), name='barrier_once'), models.CheckConstraint(condition=models.Q(('member', models.F('against')), _negated=True), name='barrier_against_somebody_else')],
                    },
                ),
                migrations.CreateModel(
                    name='TalkRules',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subgroup', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='talk_rules', to='subgroups.subgroup')),
                        ('hides_history', models.BooleanField(default=False, verbose_name='New members see only what is said after they joined')),
                        ('label', models.CharField(blank=True, help_text='For example: no medical details.', max_length=140, verbose_name='Line above the message field')),
                        ('warned_words', models.CharField(blank=True, help_text='Separated by commas. Posting stays possible.', max_length=500, verbose_name='Words that give a warning')),
                        ('answers_from', models.TimeField(blank=True, null=True, verbose_name='Questions are answered from')),
                        ('answers_until', models.TimeField(blank=True, null=True, verbose_name='until')),
                        ('answers_at_weekends', models.BooleanField(default=False, verbose_name='Also at weekends')),
                        ('answer_days', models.PositiveSmallIntegerField(blank=True, help_text='Members see it when they ask; who answers gets a list with what is late.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(90)], verbose_name='Questions are answered within so many days')),
                        ('meeting_url', models.URLField(blank=True, validators=[django.core.validators.URLValidator(schemes=['https'])], verbose_name='Meeting room on the web')),
                    ],
                    options={
                        'verbose_name': 'rules for talking',
                        'verbose_name_plural': 'rules for talking',
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answers_from__isnull', True), ('answers_until__isnull', True)), models.Q(('answers_from__isnull', False), ('answers_until__gt', models.F('answers_from')), ('answers_until__isnull', False)), _connector='OR'), name='talk_rules_hours_in_order'), models.CheckConstraint(condition=models.Q(('answer_days__isnull', True), models.Q(('answer_days__gte', 1), ('answer_days__lte', 90)), _connector='OR'), name='talk_rules_answer_days'), models.CheckConstraint(condition=models.Q(('meeting_url', ''), ('meeting_url__startswith', 'https://'), _connector='OR'), name='talk_rules_meeting_is_safe')],
                    },
                ),
                migrations.CreateModel(
                    name='Attachment',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('family', models.CharField(choices=[('image', 'photo'), ('video', 'video'), ('audio', 'sound'), ('file', 'file')], max_length=5)),
                        ('file', models.FileField(upload_to='messages/')),
                        ('small', models.FileField(blank=True, upload_to='messages/')),
                        ('name', models.CharField(max_length=100)),
                        ('description', models.CharField(blank=True, max_length=200, verbose_name='description')),
                        ('content_type', models.CharField(max_length=100)),
                        ('size', models.PositiveBigIntegerField(help_text='Bytes')),
                        ('width', models.PositiveIntegerField(default=0, help_text='Pixels')),
                        ('height', models.PositiveIntegerField(default=0, help_text='Pixels')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'attachment',
                        'verbose_name_plural': 'attachments',
                        'ordering': ['created_at', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='Conversation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('chat', 'chat'), ('thread', 'discussion'), ('direct', 'direct message')], max_length=8)),
                        ('subgroup', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='conversations', to='subgroups.subgroup')),
                        ('title', models.CharField(blank=True, max_length=120, verbose_name='subject')),
                        ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('last_number', models.PositiveIntegerField(default=0)),
                        ('last_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('pinned_at', models.DateTimeField(blank=True, null=True)),
                        ('circle', models.CharField(blank=True, max_length=120, null=True, unique=True)),
                    ],
                    options={
                        'verbose_name': 'conversation',
                        'verbose_name_plural': 'conversations',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'chat')), fields=('subgroup',), name='conversation_one_chat'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'thread'), models.Q(('title', ''), _negated=True)), models.Q(models.Q(('kind', 'thread'), _negated=True), ('title', '')), _connector='OR'), name='conversation_thread_has_title'), models.CheckConstraint(condition=models.Q(models.Q(('circle__isnull', False), ('kind', 'direct'), ('subgroup__isnull', True)), models.Q(models.Q(('kind', 'direct'), _negated=True), ('circle__isnull', True), ('subgroup__isnull', False)), _connector='OR'), name='conversation_direct_or_in_subgroup')],
                        'indexes': [models.Index(fields=['subgroup', '-last_at'], name='conversation_latest_first')],
                    },
                ),
                migrations.CreateModel(
                    name='Message',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='conversations.conversation')),
                        ('number', models.PositiveIntegerField()),
                        ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='messages', to=settings.AUTH_USER_MODEL)),
                        ('text', models.TextField(blank=True)),
                        ('quotes', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='quoted_by', to='conversations.message')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('edited_at', models.DateTimeField(blank=True, null=True)),
                        ('removed_at', models.DateTimeField(blank=True, null=True)),
                        ('removed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('hidden_at', models.DateTimeField(blank=True, help_text='Out of sight by a moderator; can be undone', null=True)),
                        ('key', models.UUIDField(blank=True, null=True)),
                        ('moved_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pointers', to='conversations.message')),
                        ('told_at', models.DateTimeField(blank=True, help_text='When mentions and followers were told', null=True)),
                    ],
                    options={
                        'verbose_name': 'message',
                        'verbose_name_plural': 'messages',
                        'ordering': ['conversation', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('conversation', 'number'), name='message_number_once'), models.UniqueConstraint(condition=models.Q(('key__isnull', False)), fields=('conversation', 'author', 'key'), name='message_sent_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='message_number_from_one'), models.CheckConstraint(condition=models.Q(('removed_at__isnull', True), ('text', ''), _connector='OR'), name='message_removed_has_no_text'), models.CheckConstraint(condition=models.Q(('moved_to__isnull', True), ('removed_at__isnull', False), _connector='OR'), name='message_pointer_is_empty')],
                        'indexes': [models.Index(fields=['conversation', 'created_at'], name='message_by_time'), models.Index(fields=['author', '-created_at'], name='message_by_author'), models.Index(condition=models.Q(('told_at__isnull', True)), fields=['id'], name='message_untold')],
                    },
                ),
                migrations.CreateModel(
                    name='ReadPosition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='positions', to='conversations.conversation')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='read_positions', to=settings.AUTH_USER_MODEL)),
                        ('number', models.PositiveIntegerField(default=0)),
                        ('read_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('is_following', models.BooleanField(help_text='None: not chosen; writing in it makes it true', null=True)),
                    ],
                    options={
                        'verbose_name': 'read position',
                        'verbose_name_plural': 'read positions',
                        'constraints': [models.UniqueConstraint(fields=('member', 'conversation'), name='read_position_once')],
                        'indexes': [models.Index(condition=models.Q(('is_following', True)), fields=['conversation'], name='read_position_followers')],
                    },
                ),
                migrations.CreateModel(
                    name='Participant',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='conversations.conversation')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='direct_places', to=settings.AUTH_USER_MODEL)),
                        ('joined_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('left_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'participant',
                        'verbose_name_plural': 'participants',
                        'constraints': [models.UniqueConstraint(fields=('conversation', 'member'), name='participant_once')],
                        'indexes': [models.Index(condition=models.Q(('left_at__isnull', True)), fields=['member'], name='participant_mine')],
                    },
                ),
                migrations.CreateModel(
                    name='Mention',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='conversations.message')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'mention',
                        'verbose_name_plural': 'mentions',
                        'constraints': [models.UniqueConstraint(fields=('message', 'member'), name='mention_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Given',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='given', to='conversations.autoanswer')),
                        ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='given', to='conversations.message')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('day', models.DateField()),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('answered_from', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'automatic answer given',
                        'verbose_name_plural': 'automatic answers given',
                        'constraints': [models.UniqueConstraint(fields=('answer', 'member', 'day'), name='given_once_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Reaction',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to='conversations.message')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to=settings.AUTH_USER_MODEL)),
                        ('kind', models.CharField(choices=[('thumb', 'Good'), ('heart', 'Thank you'), ('smile', 'Funny'), ('question', 'I have a question'), ('compliment', 'Compliment'), ('help', 'I can help')], max_length=10)),
                        ('is_private', models.BooleanField(default=False)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'reaction',
                        'verbose_name_plural': 'reactions',
                        'constraints': [models.UniqueConstraint(fields=('message', 'member', 'kind'), name='reaction_once_per_kind'), models.CheckConstraint(condition=models.Q(('kind__in', ['thumb', 'heart', 'smile', 'question', 'compliment', 'help'])), name='reaction_of_a_known_kind')],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name='attachment',
            name='message',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='conversations.message'),
        ),
        migrations.AddField(
            model_name='conversation',
            name='answer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='conversations.message'),
        ),
    ]
