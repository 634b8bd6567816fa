import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import theme.migrating


class Migration(migrations.Migration):

    replaces = [
        ('providers', '0001_pay_online'),
        ('providers', '0002_meet_a_real_provider'),
    ]

    initial = True

    dependencies = [
        ('ledger', '0001_first_release'),
    ]

    operations = [
        theme.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='PaymentAttempt',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('kind', models.CharField(max_length=12)),
                        ('payable_id', models.BigIntegerField()),
                        ('provider', models.CharField(max_length=12)),
                        ('provider_id', models.CharField(blank=True, max_length=60)),
                        ('cents', models.BigIntegerField()),
                        ('description', models.CharField(max_length=140)),
                        ('return_path', models.CharField(max_length=200)),
                        ('member_id', models.BigIntegerField(null=True)),
                        ('checkout_url', models.CharField(blank=True, max_length=500)),
                        ('mode', models.CharField(blank=True, max_length=4)),
                        ('method', models.CharField(blank=True, max_length=30)),
                        ('sequence', models.CharField(choices=[('oneoff', 'once'), ('first', 'first of a mandate'), ('recurring', 'collected')], default='oneoff', max_length=10)),
                        ('customer_id', models.CharField(blank=True, max_length=60)),
                        ('mandate_id', models.CharField(blank=True, max_length=60)),
                        ('status', models.CharField(choices=[('open', 'open'), ('pending', 'on its way'), ('paid', 'paid'), ('failed', 'failed'), ('cancelled', 'cancelled'), ('expired', 'expired')], default='open', max_length=10)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('checked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('expires_at', models.DateTimeField(blank=True, null=True)),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                        ('held_because', models.CharField(blank=True, max_length=10)),
                        ('entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attempt', to='ledger.entry')),
                        ('counted_by', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                        ('refund_reserved_cents', models.BigIntegerField(default=0)),
                        ('charged_back_cents', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'verbose_name': 'online payment',
                        'verbose_name_plural': 'online payments',
                        'ordering': ['-created_at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('provider_id', ''), _negated=True), fields=('provider', 'provider_id'), name='attempt_once_per_provider_id'), models.UniqueConstraint(condition=models.Q(('status__in', ['open', 'pending'])), fields=('kind', 'payable_id'), name='attempt_one_live_per_payable'), models.CheckConstraint(condition=models.Q(('cents__gt', 0)), name='attempt_has_amount'), models.CheckConstraint(condition=models.Q(('entry__isnull', True), models.Q(('settled_at__isnull', False), ('status', 'paid')), _connector='OR'), name='attempt_booked_if_paid'), models.CheckConstraint(condition=models.Q(('refund_reserved_cents__gte', 0), ('refund_reserved_cents__lte', models.F('cents'))), name='attempt_refunds_within_amount'), models.CheckConstraint(condition=models.Q(('charged_back_cents__gte', 0), ('charged_back_cents__lte', models.F('cents'))), name='attempt_chargebacks_within_amount')],
                        'indexes': [models.Index(condition=models.Q(('status__in', ['open', 'pending'])), fields=['checked_at'], name='attempt_live_by_check'), models.Index(fields=['kind', 'payable_id'], name='attempt_by_payable')],
                    },
                ),
                migrations.CreateModel(
                    name='Round',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=30, unique=True)),
                        ('done_at', models.DateTimeField()),
                    ],
                    options={
                        'verbose_name': 'round',
                        'verbose_name_plural': 'rounds',
                    },
                ),
                migrations.CreateModel(
                    name='ProviderNotice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='providers.paymentattempt')),
                        ('provider_id', models.CharField(max_length=60)),
                        ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('handled_at', models.DateTimeField(blank=True, null=True)),
                        ('tries', models.PositiveSmallIntegerField(default=0)),
                        ('result', models.CharField(blank=True, max_length=120)),
                    ],
                    options={
                        'verbose_name': 'notice of a provider',
                        'verbose_name_plural': 'notices of providers',
                        'ordering': ['received_at', 'pk'],
                        'indexes': [models.Index(condition=models.Q(('handled_at__isnull', True)), fields=['received_at'], name='notice_waiting')],
                    },
                ),
                migrations.CreateModel(
                    name='OnlineRefund',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='providers.paymentattempt')),
                        ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('provider_id', models.CharField(blank=True, max_length=60)),
                        ('cents', models.BigIntegerField()),
                        ('status', models.CharField(choices=[('asked', 'waits for a second approval'), ('reserved', 'being sent'), ('queued', 'waits at the bank'), ('pending', 'waits at the bank'), ('processing', 'on its way'), ('refunded', 'paid back'), ('failed', 'failed'), ('canceled', 'cancelled')], default='reserved', max_length=10)),
                        ('because', models.CharField(blank=True, max_length=200)),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('asked_by_id', models.BigIntegerField(blank=True, null=True)),
                        ('asked_by_label', models.CharField(blank=True, max_length=160)),
                        ('approved_by_id', models.BigIntegerField(blank=True, null=True)),
                        ('approved_by_label', models.CharField(blank=True, max_length=160)),
                        ('payback_id', models.BigIntegerField(blank=True, null=True)),
                        ('entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='online_refund', to='ledger.entry')),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'online refund',
                        'verbose_name_plural': 'online refunds',
                        'ordering': ['-asked_at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('cents__gt', 0)), name='online_refund_has_amount'), models.UniqueConstraint(condition=models.Q(('provider_id', ''), _negated=True), fields=('provider_id',), name='online_refund_once_per_provider_id'), models.CheckConstraint(condition=models.Q(('approved_by_id__isnull', True), ('asked_by_id__isnull', True), models.Q(('approved_by_id', models.F('asked_by_id')), _negated=True), _connector='OR'), name='online_refund_approved_by_another')],
                    },
                ),
                migrations.CreateModel(
                    name='Chargeback',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chargebacks', to='providers.paymentattempt')),
                        ('provider_id', models.CharField(max_length=60, unique=True)),
                        ('cents', models.BigIntegerField()),
                        ('code', models.CharField(blank=True, max_length=12)),
                        ('reason', models.CharField(blank=True, max_length=200)),
                        ('claim_cents', models.BigIntegerField(default=0)),
                        ('settled_cents', models.BigIntegerField(default=0)),
                        ('entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='chargeback', to='ledger.entry')),
                        ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('reversed_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'chargeback',
                        'verbose_name_plural': 'chargebacks',
                        'ordering': ['-seen_at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('cents__gt', 0)), name='chargeback_has_amount'), models.CheckConstraint(condition=models.Q(('claim_cents__gte', 0), ('claim_cents__lte', models.F('cents'))), name='chargeback_claim_within_amount'), models.CheckConstraint(condition=models.Q(('settled_cents__gte', 0), ('settled_cents__lte', models.F('claim_cents'))), name='chargeback_settled_within_claim')],
                    },
                ),
            ],
        ),
    ]
