import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import finance.bank.fields
import theme.migrating


class Migration(migrations.Migration):

    replaces = [
        ('bank', '0001_keep_bank_lines'),
        ('bank', '0002_owe_refunds'),
        ('bank', '0003_know_whom_is_paid_back'),
    ]

    initial = True

    dependencies = [
        ('ledger', '0001_first_release'),
    ]

    operations = [
        theme.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='BankAccount',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('holder', models.CharField(help_text='Exactly as the bank knows it', max_length=70, verbose_name='account holder')),
                        ('iban', models.CharField(max_length=34, unique=True, verbose_name='account number (IBAN)')),
                        ('bic', models.CharField(blank=True, max_length=11, verbose_name='BIC')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ],
                    options={
                        'verbose_name': 'bank account',
                        'verbose_name_plural': 'bank accounts',
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='ReferenceCounter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.PositiveSmallIntegerField(unique=True)),
                        ('last', models.PositiveBigIntegerField(default=0)),
                    ],
                    options={
                        'verbose_name': 'reference counter',
                        'verbose_name_plural': 'reference counters',
                    },
                ),
                migrations.CreateModel(
                    name='StatementImport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('bank_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='bank.bankaccount')),
                        ('filename', models.CharField(blank=True, max_length=200)),
                        ('digest', models.CharField(max_length=64)),
                        ('format', models.CharField(max_length=10)),
                        ('first_on', models.DateField(null=True)),
                        ('last_on', models.DateField(null=True)),
                        ('opening_cents', models.BigIntegerField(null=True)),
                        ('closing_cents', models.BigIntegerField(null=True)),
                        ('adds_up', models.BooleanField(null=True)),
                        ('flipped', models.BooleanField(default=False)),
                        ('lines_new', models.PositiveIntegerField(default=0)),
                        ('lines_known', models.PositiveIntegerField(default=0)),
                        ('imported_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('imported_by_label', models.CharField(blank=True, max_length=160)),
                        ('accepted_at', models.DateTimeField(null=True)),
                        ('accepted_by_label', models.CharField(blank=True, max_length=160)),
                    ],
                    options={
                        'verbose_name': 'imported statement',
                        'verbose_name_plural': 'imported statements',
                        'ordering': ['-imported_at', '-pk'],
                        'constraints': [models.UniqueConstraint(fields=('bank_account', 'digest'), name='statement_import_once')],
                    },
                ),
                migrations.CreateModel(
                    name='BankLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('bank_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='bank.bankaccount')),
                        ('statement_import', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='bank.statementimport')),
                        ('booked_on', models.DateField()),
                        ('value_on', models.DateField(null=True)),
                        ('cents', models.BigIntegerField()),
                        ('name', models.CharField(blank=True, max_length=200)),
                        ('iban', finance.bank.fields.EncryptedField(blank=True)),
                        ('iban_mark', models.CharField(blank=True, max_length=32)),
                        ('text', models.TextField(blank=True)),
                        ('reference', models.CharField(blank=True, max_length=60)),
                        ('end_to_end', models.CharField(blank=True, max_length=60)),
                        ('bank_reference', models.CharField(blank=True, max_length=60)),
                        ('return_code', models.CharField(blank=True, max_length=8)),
                        ('fingerprint', models.CharField(max_length=64)),
                        ('occurrence', models.PositiveIntegerField()),
                        ('state', models.CharField(choices=[('new', 'to match'), ('matched', 'matched'), ('partial', 'partly matched'), ('held', 'needs a decision'), ('own', "the association's own"), ('refund', 'to be paid back')], default='new', max_length=8)),
                        ('reason', models.CharField(blank=True, choices=[('duplicate', 'Paid already'), ('excess', 'More than was asked'), ('closed', 'For a request that is closed'), ('several', 'Several requests, and the amounts do not fit'), ('short', 'The pot has not so much at the bank')], max_length=10)),
                        ('open_cents', models.BigIntegerField(help_text='what still stands in suspense')),
                    ],
                    options={
                        'verbose_name': 'bank line',
                        'verbose_name_plural': 'bank lines',
                        'ordering': ['booked_on', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('bank_account', 'fingerprint', 'occurrence'), name='bank_line_once'), models.CheckConstraint(condition=models.Q(models.Q(('cents__gte', 0), ('open_cents__gte', 0), ('open_cents__lte', models.F('cents'))), models.Q(('cents__lt', 0), ('open_cents__gte', models.F('cents')), ('open_cents__lte', 0)), _connector='OR'), name='bank_line_open_within_amount')],
                        'indexes': [models.Index(fields=['state', 'booked_on'], name='bank_line_by_state'), models.Index(condition=models.Q(('iban_mark', ''), _negated=True), fields=['iban_mark'], name='bank_line_by_payer')],
                    },
                ),
                migrations.CreateModel(
                    name='Match',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='bank.bankline')),
                        ('kind', models.CharField(help_text='the source of payables: pot, fee; empty for own money', max_length=12)),
                        ('payable_id', models.BigIntegerField(null=True)),
                        ('cents', models.BigIntegerField()),
                        ('rule', models.CharField(choices=[('reference', 'by its reference'), ('several', 'by several references'), ('person', 'by hand'), ('refund', 'to be paid back'), ('own', "the association's own"), ('payout', 'paid out by the payment service')], max_length=10)),
                        ('label', models.CharField(blank=True, max_length=200)),
                        ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='bank_match', to='ledger.entry')),
                        ('matched_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('matched_by_label', models.CharField(blank=True, max_length=160)),
                        ('undone_at', models.DateTimeField(null=True)),
                        ('undone_by_label', models.CharField(blank=True, max_length=160)),
                        ('undone_because', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'verbose_name': 'match',
                        'verbose_name_plural': 'matches',
                        'ordering': ['pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('cents', 0), _negated=True), name='match_has_amount'), models.UniqueConstraint(condition=models.Q(('payable_id__isnull', False), ('undone_at__isnull', True)), fields=('line', 'kind', 'payable_id'), name='match_once_per_payable')],
                    },
                ),
                migrations.CreateModel(
                    name='Refund',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reference', models.CharField(max_length=25, unique=True)),
                        ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='bank.bankline')),
                        ('ring', models.CharField(blank=True, max_length=30)),
                        ('name', models.CharField(max_length=200)),
                        ('iban', finance.bank.fields.EncryptedField(blank=True)),
                        ('cents', models.BigIntegerField()),
                        ('paid_cents', models.BigIntegerField(default=0)),
                        ('because', models.CharField(blank=True, max_length=200)),
                        ('party_id', models.BigIntegerField(blank=True, null=True)),
                        ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='bank_refund', to='ledger.entry')),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('asked_by_label', models.CharField(blank=True, max_length=160)),
                    ],
                    options={
                        'verbose_name': 'refund',
                        'verbose_name_plural': 'refunds',
                        'ordering': ['asked_at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('cents__gt', 0)), name='refund_has_amount'), models.CheckConstraint(condition=models.Q(('paid_cents__gte', 0), ('paid_cents__lte', models.F('cents'))), name='refund_paid_within_amount')],
                    },
                ),
            ],
        ),
    ]
