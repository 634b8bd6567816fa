import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import theme.migrating


class Migration(migrations.Migration):

    replaces = [
        ('topics', '0001_topics'),
    ]

    initial = True

    dependencies = [
        ('conversations', '0001_first_release'),
        ('people', '0001_first_release'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        theme.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='Topic',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('conversation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='topic', to='conversations.conversation')),
                        ('kind', models.CharField(choices=[('proposition', 'proposition'), ('suggestion', 'suggestion'), ('ask', 'ask for help'), ('offer', 'offer'), ('question', 'question')], max_length=11)),
                        ('state', models.CharField(choices=[('open', 'open'), ('considered', 'being looked at'), ('planned', 'will be done'), ('done', 'done'), ('declined', 'not going to happen'), ('helped', 'helped'), ('answered', 'answered'), ('closed', 'closed')], default='open', max_length=10)),
                        ('state_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('closes_on', models.DateField(blank=True, null=True, verbose_name='open up to and including')),
                        ('interest', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.interest')),
                        ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('due_on', models.DateField(blank=True, null=True, verbose_name='answer before the end of')),
                    ],
                    options={
                        'verbose_name': 'kind of discussion',
                        'verbose_name_plural': 'kinds of discussions',
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'proposition'), ('state__in', ['open', 'closed'])), models.Q(('kind', 'suggestion'), ('state__in', ['open', 'considered', 'planned', 'done', 'declined'])), models.Q(('kind__in', ['ask', 'offer']), ('state__in', ['open', 'helped', 'closed'])), models.Q(('kind', 'question'), ('state__in', ['open', 'answered', 'closed'])), _connector='OR'), name='topic_state_fits_kind'), models.CheckConstraint(condition=models.Q(models.Q(('due_on__isnull', False), ('kind', 'question')), models.Q(models.Q(('kind', 'question'), _negated=True), ('due_on__isnull', True), ('owner__isnull', True)), _connector='OR'), name='topic_question_has_due_day'), models.CheckConstraint(condition=models.Q(('closes_on__isnull', True), ('kind', 'proposition'), _connector='OR'), name='topic_only_propositions_close')],
                        'indexes': [models.Index(fields=['kind', 'state', 'due_on'], name='topic_to_do')],
                    },
                ),
                migrations.CreateModel(
                    name='Helper',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='helper', to=settings.AUTH_USER_MODEL)),
                        ('since', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'helper',
                        'verbose_name_plural': 'helpers',
                    },
                ),
                migrations.CreateModel(
                    name='StateChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='topics.topic')),
                        ('state', models.CharField(choices=[('open', 'open'), ('considered', 'being looked at'), ('planned', 'will be done'), ('done', 'done'), ('declined', 'not going to happen'), ('helped', 'helped'), ('answered', 'answered'), ('closed', 'closed')], max_length=10)),
                        ('reason', models.TextField(blank=True, max_length=1000, verbose_name='reason')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'step of a topic',
                        'verbose_name_plural': 'steps of topics',
                        'ordering': ['at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='topic_declined_with_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Stance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stances', to='topics.topic')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('value', models.PositiveSmallIntegerField()),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'stance',
                        'verbose_name_plural': 'stances',
                        'constraints': [models.UniqueConstraint(fields=('topic', 'member'), name='stance_once'), models.CheckConstraint(condition=models.Q(('value__gte', 1), ('value__lte', 5)), name='stance_one_to_five')],
                    },
                ),
                migrations.CreateModel(
                    name='Argument',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='arguments', to='topics.topic')),
                        ('side', models.CharField(choices=[('for', 'For'), ('against', 'Against')], max_length=7)),
                        ('text', models.CharField(max_length=300, verbose_name='argument')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'argument',
                        'verbose_name_plural': 'arguments',
                        'ordering': ['at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='argument_has_text')],
                    },
                ),
                migrations.CreateModel(
                    name='Second',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seconds', to='topics.topic')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'support',
                        'verbose_name_plural': 'support',
                        'constraints': [models.UniqueConstraint(fields=('topic', 'member'), name='second_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Note',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='topics.topic')),
                        ('text', models.TextField(max_length=2000, verbose_name='note')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'internal note',
                        'verbose_name_plural': 'internal notes',
                        'ordering': ['at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='note_has_text')],
                    },
                ),
                migrations.CreateModel(
                    name='Backing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('argument', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='backings', to='topics.argument')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'backing',
                        'verbose_name_plural': 'backings',
                        'constraints': [models.UniqueConstraint(fields=('argument', 'member'), name='backing_once')],
                    },
                ),
            ],
        ),
    ]
