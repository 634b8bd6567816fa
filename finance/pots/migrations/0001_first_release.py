import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import finance.pots.models.expenses
import finance.pots.models.pots
import theme.migrating


class Migration(migrations.Migration):

    replaces = [
        ('pots', '0001_open_pots'),
        ('pots', '0002_spend_hand_over_and_close'),
        ('pots', '0003_count_online_payments'),
        ('pots', '0004_parts_pledges_and_purposes'),
        ('pots', '0005_stop_at_the_goal'),
        ('pots', '0006_prices_of_events'),
    ]

    initial = True

    dependencies = [
        ('events', '0001_first_release'),
        ('ledger', '0001_first_release'),
        ('subgroups', '0001_first_release'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        theme.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='Pot',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subgroup', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pots', to='subgroups.subgroup', verbose_name='group')),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('purpose', models.TextField(max_length=1000, verbose_name='what is it for?')),
                        ('goal_cents', models.BigIntegerField(blank=True, null=True, verbose_name='goal')),
                        ('hard_cap', models.BooleanField(default=False, verbose_name='stops at the goal')),
                        ('deadline', models.DateField(blank=True, null=True, verbose_name='until')),
                        ('status', models.CharField(choices=[('open', 'Open'), ('paused', 'Paused'), ('closing', 'Closing'), ('closed', 'Closed')], default='open', max_length=8, verbose_name='state')),
                        ('visibility', models.CharField(choices=[('totals', 'Only totals'), ('names', 'Who has paid, by name'), ('nothing', 'Nobody sees who paid, nor how many')], default='totals', max_length=8, verbose_name='who sees who has paid')),
                        ('hidden_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='a surprise for')),
                        ('remind_days', models.JSONField(default=list, verbose_name='reminder days')),
                        ('remind_hour', models.PositiveSmallIntegerField(default=10, verbose_name='reminder hour')),
                        ('remind_tones', models.JSONField(default=dict, verbose_name='tone per step')),
                        ('remind_weekdays', models.JSONField(default=finance.pots.models.pots.all_week, verbose_name='weekdays')),
                        ('max_parts', models.PositiveSmallIntegerField(default=1, verbose_name='at most how many parts')),
                        ('takes_pledges', models.BooleanField(default=False, verbose_name='pledges')),
                        ('tells_chat', models.BooleanField(default=True, verbose_name='milestones in the chat')),
                        ('share_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('cash_reference', models.CharField(editable=False, max_length=25, null=True, unique=True)),
                        ('surplus_pot', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pots.pot')),
                        ('template', models.CharField(blank=True, editable=False, max_length=10)),
                        ('surplus', models.CharField(blank=True, choices=[('refund', 'Back to who paid, in proportion'), ('pot', 'To another pot of this group'), ('association', 'To the association')], max_length=12, verbose_name='what happens with what is left')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('opened_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('opened_by_label', models.CharField(blank=True, editable=False, max_length=160)),
                        ('closed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        'verbose_name': 'pot',
                        'verbose_name_plural': 'pots',
                        'ordering': ['-opened_at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('purpose', ''), _negated=True), models.Q(('name', ''), _negated=True)), name='pot_has_purpose'), models.CheckConstraint(condition=models.Q(('goal_cents__isnull', True), ('goal_cents__gt', 0), _connector='OR'), name='pot_goal_positive'), models.CheckConstraint(condition=models.Q(('remind_hour__gte', 9), ('remind_hour__lte', 20)), name='pot_reminds_by_day'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('status', 'closed')), models.Q(models.Q(('status', 'closed'), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='pot_closed_has_moment'), models.CheckConstraint(condition=models.Q(('max_parts__gte', 1), ('max_parts__lte', 12)), name='pot_parts_within_a_year')],
                        'indexes': [models.Index(fields=['subgroup', 'status'], name='pot_by_subgroup')],
                    },
                ),
                migrations.CreateModel(
                    name='Party',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('member', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='party', to=settings.AUTH_USER_MODEL)),
                        ('display_name', models.CharField(max_length=160, verbose_name='name')),
                        ('anonymised_at', models.DateTimeField(blank=True, null=True)),
                        ('retain_until', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'payer',
                        'verbose_name_plural': 'payers',
                    },
                ),
                migrations.CreateModel(
                    name='PotRole',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('pot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='pots.pot')),
                        ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pot_roles', to=settings.AUTH_USER_MODEL)),
                        ('label', models.CharField(max_length=160)),
                        ('role', models.CharField(choices=[('chef', 'pot treasurer'), ('co_chef', 'deputy pot treasurer')], max_length=8)),
                        ('granted_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('granted_by_label', models.CharField(blank=True, max_length=160)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'role in a pot',
                        'verbose_name_plural': 'roles in pots',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('role', 'chef')), fields=('pot',), name='pot_has_one_chef'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('pot', 'member'), name='pot_role_once_per_member')],
                    },
                ),
                migrations.CreateModel(
                    name='PaymentRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('pot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='pots.pot')),
                        ('nature', models.CharField(choices=[('fixed', 'a fixed amount'), ('free', 'what the payer chooses'), ('pledge', 'a pledge')], default='fixed', max_length=6)),
                        ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='pots.party')),
                        ('round', models.PositiveIntegerField(default=1)),
                        ('reference', models.CharField(max_length=25, unique=True)),
                        ('amount_cents', models.BigIntegerField()),
                        ('paid_cents', models.BigIntegerField(default=0)),
                        ('due_on', models.DateField()),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('asked_by_label', models.CharField(blank=True, max_length=160)),
                        ('waived_at', models.DateTimeField(blank=True, null=True)),
                        ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                        ('paused_until', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'payment request',
                        'verbose_name_plural': 'payment requests',
                        'ordering': ['due_on', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('pot', 'party', 'round'), name='request_once_per_round'), models.CheckConstraint(condition=models.Q(('amount_cents__gt', 0)), name='request_asks_something'), models.CheckConstraint(condition=models.Q(('paid_cents__gte', 0), ('paid_cents__lte', models.F('amount_cents'))), name='request_paid_within_amount'), models.CheckConstraint(condition=models.Q(('waived_at__isnull', True), ('cancelled_at__isnull', True), _connector='OR'), name='request_ends_once')],
                        'indexes': [models.Index(fields=['due_on'], name='request_by_due_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Handover',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('pot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='pots.pot')),
                        ('from_label', models.CharField(max_length=160)),
                        ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('to_label', models.CharField(max_length=160)),
                        ('bank_cents', models.BigIntegerField()),
                        ('cash_cents', models.BigIntegerField()),
                        ('open_cents', models.BigIntegerField()),
                        ('offered_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('accepted_at', models.DateTimeField(blank=True, null=True)),
                        ('declined_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'hand-over',
                        'verbose_name_plural': 'hand-overs',
                        'ordering': ['-offered_at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('accepted_at__isnull', True), ('declined_at__isnull', True)), fields=('pot',), name='handover_one_at_a_time')],
                    },
                ),
                migrations.CreateModel(
                    name='PurposeChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('pot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='purpose_changes', to='pots.pot')),
                        ('purpose', models.TextField(max_length=1000, verbose_name='new purpose')),
                        ('because', models.CharField(blank=True, max_length=300, verbose_name='why?')),
                        ('answer_by', models.DateField(verbose_name='answer before the end of')),
                        ('proposed_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('proposed_by_label', models.CharField(max_length=160)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('is_adopted', models.BooleanField(null=True)),
                    ],
                    options={
                        'verbose_name': 'change of purpose',
                        'verbose_name_plural': 'changes of purpose',
                        'ordering': ['-proposed_at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('decided_at__isnull', True)), fields=('pot',), name='purpose_change_one_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('is_adopted__isnull', True)), models.Q(('decided_at__isnull', False), ('is_adopted__isnull', False)), _connector='OR'), name='purpose_change_decided_whole')],
                    },
                ),
                migrations.CreateModel(
                    name='Milestone',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('pot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='pots.pot')),
                        ('kind', models.CharField(choices=[('opened', 'opened'), ('half', 'half'), ('reached', 'reached'), ('closed', 'closed')], max_length=8)),
                        ('told_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'milestone',
                        'verbose_name_plural': 'milestones',
                        'constraints': [models.UniqueConstraint(fields=('pot', 'kind'), name='milestone_told_once')],
                    },
                ),
                migrations.CreateModel(
                    name='EventPrice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='price', to='events.event')),
                        ('pot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='priced_events', to='pots.pot')),
                        ('each_cents', models.BigIntegerField(blank=True, null=True, verbose_name='price per person')),
                    ],
                    options={
                        'verbose_name': 'price of an event',
                        'verbose_name_plural': 'prices of events',
                        'constraints': [models.CheckConstraint(condition=models.Q(('each_cents__isnull', True), ('each_cents__gt', 0), _connector='OR'), name='event_price_positive')],
                    },
                ),
                migrations.CreateModel(
                    name='Expense',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('pot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expenses', to='pots.pot')),
                        ('reference', models.CharField(max_length=25, unique=True)),
                        ('purpose', models.CharField(max_length=200, verbose_name='what was it for?')),
                        ('cents', models.BigIntegerField(verbose_name='amount')),
                        ('spent_on', models.DateField(verbose_name='spent on')),
                        ('receipt', models.FileField(blank=True, upload_to=finance.pots.models.expenses.receipt_path, verbose_name='receipt')),
                        ('receipt_name', models.CharField(blank=True, max_length=200)),
                        ('receipt_type', models.CharField(blank=True, max_length=100)),
                        ('claimed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('claimed_by_label', models.CharField(max_length=160)),
                        ('claimed_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('refused_at', models.DateTimeField(blank=True, null=True)),
                        ('refused_by_label', models.CharField(blank=True, max_length=160)),
                        ('refused_because', models.CharField(blank=True, max_length=300)),
                        ('paid_cents', models.BigIntegerField(default=0)),
                        ('way', models.CharField(blank=True, choices=[('bank', 'bank transfer'), ('cash', 'cash'), ('online', 'online')], max_length=8)),
                        ('paid_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'expense',
                        'verbose_name_plural': 'expenses',
                        'ordering': ['-claimed_at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('cents__gt', 0)), name='expense_has_amount'), models.CheckConstraint(condition=models.Q(('paid_cents__gte', 0), ('paid_cents__lte', models.F('cents'))), name='expense_paid_within_amount')],
                    },
                ),
                migrations.CreateModel(
                    name='RequestEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='pots.paymentrequest')),
                        ('kind', models.CharField(choices=[('asked', 'asked'), ('waived', 'waived'), ('cancelled', 'cancelled'), ('reopened', 'opened again'), ('answered', 'answered'), ('disputed', 'disputed'), ('planned', 'planned in parts'), ('pledged', 'pledged'), ('returned', 'paid back')], max_length=10)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by_label', models.CharField(blank=True, max_length=160)),
                        ('text', models.CharField(blank=True, max_length=500)),
                        ('answer', models.CharField(blank=True, choices=[('elsewhere', 'I have already paid'), ('later', 'I will pay later'), ('parts', 'I would like to pay in parts'), ('not_joining', 'I am not taking part'), ('cannot', 'I cannot pay now')], max_length=12)),
                    ],
                    options={
                        'verbose_name': 'event of a request',
                        'verbose_name_plural': 'events of requests',
                        'ordering': ['at', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Allocation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='pots.paymentrequest')),
                        ('cents', models.BigIntegerField()),
                        ('way', models.CharField(choices=[('bank', 'bank transfer'), ('cash', 'cash'), ('online', 'online')], max_length=8)),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                        ('undoes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='pots.allocation')),
                        ('iban_mark', models.CharField(blank=True, max_length=32)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by_label', models.CharField(blank=True, max_length=160)),
                        ('note', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'verbose_name': 'allocation',
                        'verbose_name_plural': 'allocations',
                        'ordering': ['at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('cents__gt', 0), ('undoes__isnull', True)), models.Q(('cents__lt', 0), ('undoes__isnull', False)), _connector='OR'), name='allocation_negative_only_when_undoing'), models.UniqueConstraint(condition=models.Q(('undoes__isnull', True)), fields=('request', 'entry'), name='allocation_once')],
                        'indexes': [models.Index(condition=models.Q(('iban_mark', ''), _negated=True), fields=['iban_mark'], name='allocation_by_payer')],
                    },
                ),
                migrations.CreateModel(
                    name='PurposeAnswer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('change', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='pots.purposechange')),
                        ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='purpose_answers', to='pots.party')),
                        ('agrees', models.BooleanField(null=True)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'answer to a change of purpose',
                        'verbose_name_plural': 'answers to changes of purpose',
                        'constraints': [models.UniqueConstraint(fields=('change', 'party'), name='purpose_answer_once_per_payer'), models.CheckConstraint(condition=models.Q(models.Q(('agrees__isnull', True), ('answered_at__isnull', True)), models.Q(('agrees__isnull', False), ('answered_at__isnull', False)), _connector='OR'), name='purpose_answer_has_moment')],
                    },
                ),
                migrations.CreateModel(
                    name='EventRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('price', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='pots.eventprice')),
                        ('request', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='for_event', to='pots.paymentrequest')),
                    ],
                    options={
                        'verbose_name': 'request of an event',
                        'verbose_name_plural': 'requests of events',
                    },
                ),
                migrations.CreateModel(
                    name='Approval',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('expense', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='pots.expense')),
                        ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('label', models.CharField(max_length=160)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'approval',
                        'verbose_name_plural': 'approvals',
                        'ordering': ['at', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('expense', 'member'), name='approval_once_per_person')],
                    },
                ),
                migrations.CreateModel(
                    name='Instalment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='instalments', to='pots.paymentrequest')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('cents', models.BigIntegerField()),
                        ('due_on', models.DateField()),
                    ],
                    options={
                        'verbose_name': 'part of a payment',
                        'verbose_name_plural': 'parts of payments',
                        'ordering': ['number'],
                        'constraints': [models.UniqueConstraint(fields=('request', 'number'), name='instalment_once_per_number'), models.CheckConstraint(condition=models.Q(('cents__gt', 0), ('number__gte', 1)), name='instalment_has_amount')],
                    },
                ),
            ],
        ),
    ]
