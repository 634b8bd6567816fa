import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import theme.migrating


class Migration(migrations.Migration):

    replaces = [
        ('ledger', '0001_open_the_books'),
        ('ledger', '0002_sign_the_books'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        theme.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='Account',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=60, unique=True)),
                        ('kind', models.CharField(choices=[('asset', 'asset'), ('expense', 'expense'), ('liability', 'liability'), ('income', 'income'), ('fund', 'fund')], max_length=10)),
                        ('ring', models.CharField(blank=True, default='', max_length=30)),
                        ('currency', models.CharField(default='EUR', max_length=3)),
                        ('floor_cents', models.BigIntegerField(blank=True, null=True)),
                        ('balance_cents', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'verbose_name': 'account',
                        'verbose_name_plural': 'accounts',
                        'ordering': ['code'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('floor_cents__isnull', True), ('balance_cents__gte', models.F('floor_cents')), _connector='OR'), name='account_not_below_floor')],
                        'indexes': [models.Index(fields=['ring'], name='account_by_ring')],
                    },
                ),
                migrations.CreateModel(
                    name='Entry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=120, unique=True)),
                        ('kind', models.CharField(max_length=30)),
                        ('value_date', models.DateField()),
                        ('booked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('actor_id', models.BigIntegerField(blank=True, null=True)),
                        ('actor_label', models.CharField(blank=True, max_length=160)),
                        ('approver_one_id', models.BigIntegerField(blank=True, null=True)),
                        ('approver_two_id', models.BigIntegerField(blank=True, null=True)),
                        ('memo', models.CharField(blank=True, max_length=300)),
                        ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='ledger.entry')),
                    ],
                    options={
                        'verbose_name': 'entry',
                        'verbose_name_plural': 'entries',
                        'ordering': ['pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'ring_transfer'), _negated=True), models.Q(('approver_one_id__isnull', False), ('approver_two_id__isnull', False), models.Q(('approver_one_id', models.F('approver_two_id')), _negated=True)), _connector='OR'), name='entry_ring_transfer_has_two_approvers')],
                        'indexes': [models.Index(fields=['booked_at'], name='entry_by_booking')],
                    },
                ),
                migrations.CreateModel(
                    name='Seal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField(unique=True)),
                        ('entries', models.PositiveIntegerField()),
                        ('total_cents', models.BigIntegerField()),
                        ('digest', models.CharField(max_length=64)),
                        ('previous', models.CharField(blank=True, max_length=64)),
                        ('sealed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'seal',
                        'verbose_name_plural': 'seals',
                        'ordering': ['day'],
                    },
                ),
                migrations.CreateModel(
                    name='SignOff',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('until', models.DateField(unique=True, verbose_name='up to and including')),
                        ('entries', models.PositiveIntegerField()),
                        ('digest', models.CharField(max_length=64)),
                        ('remark', models.CharField(blank=True, max_length=1000, verbose_name='remark')),
                        ('signed_by_id', models.BigIntegerField()),
                        ('signed_by_label', models.CharField(max_length=160)),
                        ('signed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'sign-off',
                        'verbose_name_plural': 'sign-offs',
                        'ordering': ['-until'],
                    },
                ),
                migrations.CreateModel(
                    name='Line',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='ledger.entry')),
                        ('debit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='debits', to='ledger.account')),
                        ('credit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credits', to='ledger.account')),
                        ('cents', models.BigIntegerField()),
                    ],
                    options={
                        'verbose_name': 'line',
                        'verbose_name_plural': 'lines',
                        'ordering': ['pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('cents__gt', 0)), name='line_is_positive'), models.CheckConstraint(condition=models.Q(('debit', models.F('credit')), _negated=True), name='line_joins_two_accounts')],
                    },
                ),
            ],
        ),
    ]
