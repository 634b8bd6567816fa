import datetime

import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import finance.bank.fields
import theme.migrating


class Migration(migrations.Migration):
    replaces = [
        ("fees", "0001_ask_fees_and_invoice_them"),
        ("fees", "0002_agree_stop_and_condition"),
        ("fees", "0003_collect_by_mandate"),
        ("fees", "0004_leave_event_prices_to_pots"),
    ]

    initial = True

    dependencies = [
        ("bank", "0001_first_release"),
        ("ledger", "0001_first_release"),
        ("people", "0001_first_release"),
        ("subgroups", "0001_first_release"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        theme.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="Payer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("person", "member"), ("household", "household"), ("body", "organisation")],
                                default="person",
                                max_length=10,
                                verbose_name="what",
                            ),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="name on the invoice")),
                        (
                            "member",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="fee_payer",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "contact",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who gets the post",
                            ),
                        ),
                        ("address", models.TextField(blank=True, max_length=300, verbose_name="address")),
                        (
                            "registration",
                            models.CharField(blank=True, max_length=20, verbose_name="registration number (KvK)"),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ],
                    options={
                        "verbose_name": "payer of fees",
                        "verbose_name_plural": "payers of fees",
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind", "person"), ("member__isnull", True), _connector="OR"),
                                name="fee_payer_of_a_person_has_member",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeePlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="up to and including")),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fee_plans",
                                to="people.membershipkind",
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "months",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "month"), (3, "quarter"), (6, "half year"), (12, "year or season")],
                                default=12,
                                verbose_name="paid per",
                            ),
                        ),
                        (
                            "anchor",
                            models.DateField(
                                help_text="For example 1 January, or 1 September for a season. Only day and month.",
                                verbose_name="a period starts on",
                            ),
                        ),
                        (
                            "proration",
                            models.CharField(
                                choices=[
                                    ("none", "no: a part counts as a whole period"),
                                    ("month", "by month; a month that has begun counts whole"),
                                    ("day", "by day"),
                                ],
                                default="month",
                                max_length=5,
                                verbose_name="for part of a period",
                            ),
                        ),
                        (
                            "prorates_leaving",
                            models.BooleanField(
                                default=False,
                                help_text="By law the fee of the running period stays due, unless your articles say otherwise.",
                                verbose_name="who leaves gets the rest back",
                            ),
                        ),
                        (
                            "roll_days",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="Who joins in the last days of a period pays from the next one. 0 for no such days.",
                                verbose_name="free days before a new period",
                            ),
                        ),
                        ("entrance_cents", models.BigIntegerField(default=0, verbose_name="entrance fee")),
                        (
                            "household_percent",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="discount from the second of a household, in percent"
                            ),
                        ),
                        ("pay_days", models.PositiveSmallIntegerField(default=30, verbose_name="days to pay")),
                        (
                            "grace_days",
                            models.PositiveSmallIntegerField(
                                default=30,
                                help_text="So long after the last day to pay a member keeps access to what is only for who paid.",
                                verbose_name="days of grace",
                            ),
                        ),
                        (
                            "notice_months",
                            models.PositiveSmallIntegerField(
                                default=1,
                                help_text="How long before a new period a member can still stop.",
                                verbose_name="notice term in months",
                            ),
                        ),
                        (
                            "renewal_days",
                            models.PositiveSmallIntegerField(
                                default=45,
                                help_text="With the amount and how to stop. 0: never.",
                                verbose_name="days before renewal to tell members",
                            ),
                        ),
                        (
                            "max_parts",
                            models.PositiveSmallIntegerField(
                                default=4,
                                help_text="1 for no payment in parts.",
                                verbose_name="parts a member may pay in",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "fee plan",
                        "verbose_name_plural": "fee plans",
                        "ordering": ["kind__position", "kind__name", "-starts_on"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="feeplan_ends_after_start",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ends_on__isnull", True)),
                                fields=("kind",),
                                name="fee_plan_one_open_per_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("months__in", [1, 3, 6, 12])), name="fee_plan_has_rhythm"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("entrance_cents__gte", 0), ("household_percent__lte", 100)),
                                name="fee_plan_amounts_in_range",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("max_parts__gte", 1), ("max_parts__lte", 12)),
                                name="fee_plan_parts_in_range",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeeGrant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="up to and including")),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="fee_grants",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("exempt", "pays nothing"),
                                    ("percent", "percentage off"),
                                    ("less", "amount off per period"),
                                    ("fixed", "own amount per period"),
                                ],
                                max_length=8,
                                verbose_name="what",
                            ),
                        ),
                        ("value", models.BigIntegerField(default=0, verbose_name="percentage or cents")),
                        ("reason", models.CharField(max_length=200, verbose_name="why")),
                        ("granted_by_label", models.CharField(blank=True, max_length=160)),
                        ("granted_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ],
                    options={
                        "verbose_name": "discount",
                        "verbose_name_plural": "discounts",
                        "ordering": ["-starts_on", "-pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="feegrant_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "exempt"), ("value", 0)),
                                    models.Q(("kind", "percent"), ("value__gte", 1), ("value__lte", 100)),
                                    models.Q(("kind__in", ["less", "fixed"]), ("value__gte", 0)),
                                    _connector="OR",
                                ),
                                name="fee_grant_value_in_range",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeeDetails",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "member",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="fee_details",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("born_on", models.DateField(blank=True, null=True, verbose_name="born on")),
                    ],
                    options={
                        "verbose_name": "fee details",
                        "verbose_name_plural": "fee details",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("born_on__isnull", True),
                                    ("born_on__gte", datetime.date(1900, 1, 1)),
                                    _connector="OR",
                                ),
                                name="fee_details_likely_birth",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeeRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        ("first_on", models.DateField(verbose_name="periods that start from")),
                        ("last_on", models.DateField(verbose_name="up to and including")),
                        ("due_on", models.DateField(verbose_name="last day to pay")),
                        (
                            "tells",
                            models.BooleanField(default=True, verbose_name="send members a message with their invoice"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("preparing", "being prepared"),
                                    ("ready", "ready to look at"),
                                    ("running", "running"),
                                    ("done", "done"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="preparing",
                                max_length=10,
                            ),
                        ),
                        ("cursor", models.BigIntegerField(default=0)),
                        ("payers_total", models.PositiveIntegerField(default=0)),
                        ("payers_done", models.PositiveIntegerField(default=0)),
                        ("added", models.PositiveIntegerField(default=0)),
                        ("added_cents", models.BigIntegerField(default=0)),
                        ("reversed", models.PositiveIntegerField(default=0)),
                        ("reversed_cents", models.BigIntegerField(default=0)),
                        ("kept", models.PositiveIntegerField(default=0)),
                        ("kept_cents", models.BigIntegerField(default=0)),
                        ("figures", models.JSONField(default=dict)),
                        ("told_until", models.BigIntegerField(default=0)),
                        ("told_at", models.DateTimeField(blank=True, null=True)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("made_by_label", models.CharField(blank=True, max_length=160)),
                        ("started_at", models.DateTimeField(blank=True, null=True)),
                        ("started_by_label", models.CharField(blank=True, max_length=160)),
                        ("started_by_id", models.BigIntegerField(blank=True, null=True)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "fee run",
                        "verbose_name_plural": "fee runs",
                        "ordering": ["-made_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("last_on__gte", models.F("first_on"))), name="fee_run_days_in_order"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["running", "done"]), _negated=True),
                                    ("started_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="fee_run_was_started",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InvoiceCounter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(unique=True)),
                        ("last", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "invoice counter",
                        "verbose_name_plural": "invoice counters",
                    },
                ),
                migrations.CreateModel(
                    name="Stop",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="stops", to="people.enrolment"
                            ),
                        ),
                        ("ends_on", models.DateField(verbose_name="member up to and including")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="why")),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("asked_by_label", models.CharField(max_length=160)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        ("undone_by_label", models.CharField(blank=True, max_length=160)),
                    ],
                    options={
                        "verbose_name": "notice of leaving",
                        "verbose_name_plural": "notices of leaving",
                        "ordering": ["-asked_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("undone_at__isnull", True)),
                                fields=("enrolment",),
                                name="fee_stop_once_per_enrolment",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Condition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "subgroup",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="fee_condition",
                                to="subgroups.subgroup",
                                verbose_name="group",
                            ),
                        ),
                        (
                            "needs_paid_fee",
                            models.BooleanField(default=False, verbose_name="only for who has paid the fee"),
                        ),
                        ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("set_by_label", models.CharField(blank=True, max_length=160)),
                        (
                            "kinds",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="people.membershipkind",
                                verbose_name="only for these kinds of membership",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "condition of a group",
                        "verbose_name_plural": "conditions of groups",
                    },
                ),
                migrations.CreateModel(
                    name="DebitSettings",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "creditor_id",
                            models.CharField(
                                help_text="For example NL13ZZZ123456780000",
                                max_length=35,
                                verbose_name="creditor identifier (incassant-ID)",
                            ),
                        ),
                        (
                            "bank_account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bank.bankaccount",
                                verbose_name="account",
                            ),
                        ),
                        (
                            "notice_days",
                            models.PositiveSmallIntegerField(
                                default=14,
                                help_text="Shorter only if your terms say so.",
                                verbose_name="days between the message and the collection",
                            ),
                        ),
                        (
                            "format",
                            models.CharField(
                                choices=[
                                    ("pain.008.001.08", "pain.008.001.08"),
                                    ("pain.008.001.02", "pain.008.001.02"),
                                ],
                                default="pain.008.001.08",
                                max_length=16,
                                verbose_name="format of the file",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "settings of direct debit",
                        "verbose_name_plural": "settings of direct debit",
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("pk", 1)), name="fee_debit_settings_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CollectionBatch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        ("reference", models.CharField(max_length=25, unique=True)),
                        (
                            "bank_account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="collections",
                                to="bank.bankaccount",
                            ),
                        ),
                        ("creditor_id", models.CharField(max_length=35, verbose_name="creditor identifier")),
                        ("collect_on", models.DateField(verbose_name="collected on")),
                        ("format", models.CharField(max_length=16, verbose_name="format")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("told", "members are told"),
                                    ("approved", "approved"),
                                    ("exported", "file given to the bank"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="draft",
                                max_length=9,
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("made_by_id", models.BigIntegerField()),
                        ("made_by_label", models.CharField(max_length=160)),
                        ("told_at", models.DateTimeField(blank=True, null=True)),
                        ("told_until", models.BigIntegerField(default=0)),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
                        ("approved_by_id", models.BigIntegerField(blank=True, null=True)),
                        ("approved_by_label", models.CharField(blank=True, max_length=160)),
                        ("exported_at", models.DateTimeField(blank=True, null=True)),
                        ("content", models.BinaryField(blank=True, null=True)),
                        ("digest", models.CharField(blank=True, max_length=64)),
                    ],
                    options={
                        "verbose_name": "collection",
                        "verbose_name_plural": "collections",
                        "ordering": ["-made_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by_id__isnull", True),
                                    models.Q(("approved_by_id", models.F("made_by_id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="fee_batch_by_two_people",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["approved", "exported"]), _negated=True),
                                    ("approved_by_id__isnull", False),
                                    _connector="OR",
                                ),
                                name="fee_batch_approved_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "exported"), _negated=True),
                                    models.Q(("content__isnull", False), models.Q(("digest", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="fee_batch_keeps_its_file",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PayerPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "payer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="places", to="fees.payer"
                            ),
                        ),
                        (
                            "member",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="payer_place",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "place in a household",
                        "verbose_name_plural": "places in households",
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="FeeTier",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tiers",
                                to="fees.feeplan",
                                verbose_name="fee plan",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="from")),
                        ("cents", models.BigIntegerField(verbose_name="amount per period")),
                        ("min_age", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="from age")),
                        (
                            "max_age",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="up to and including age"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "amount",
                        "verbose_name_plural": "amounts",
                        "ordering": ["-valid_from", "min_age", "pk"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("cents__gte", 0)), name="fee_tier_not_negative"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("min_age__isnull", True),
                                    ("max_age__isnull", True),
                                    ("max_age__gte", models.F("min_age")),
                                    _connector="OR",
                                ),
                                name="fee_tier_ages_in_order",
                            ),
                            models.UniqueConstraint(
                                models.F("plan"),
                                models.F("valid_from"),
                                django.db.models.functions.comparison.Coalesce("min_age", models.Value(0)),
                                name="fee_tier_once_per_day_and_age",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RunNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="fees.feerun"
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                choices=[
                                    ("no_plan", "no fee plan for this kind of membership"),
                                    ("no_tier", "no amount for this age or day"),
                                    ("age_unknown", "day of birth unknown, and the fee depends on age"),
                                    ("exempt", "pays nothing, by exemption"),
                                    ("discount", "has a discount"),
                                    ("rolled", "joined near the end: pays from the next period"),
                                    ("nothing", "nothing to pay"),
                                    ("reversed", "booked before, and now taken back"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("period_starts_on", models.DateField(null=True)),
                    ],
                    options={
                        "verbose_name": "note of a run",
                        "verbose_name_plural": "notes of runs",
                        "ordering": ["code", "pk"],
                        "indexes": [models.Index(fields=["run", "code"], name="fee_note_by_code")],
                    },
                ),
                migrations.CreateModel(
                    name="Invoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "payer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="invoices", to="fees.payer"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("sequence", models.PositiveIntegerField()),
                        ("issued_on", models.DateField(default=django.utils.timezone.localdate)),
                        ("due_on", models.DateField()),
                        ("total_cents", models.BigIntegerField()),
                        ("name", models.CharField(max_length=160)),
                        ("address", models.TextField(blank=True)),
                        (
                            "credits",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="credit_notes",
                                to="fees.invoice",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invoices",
                                to="fees.feerun",
                            ),
                        ),
                        ("settled_cents", models.BigIntegerField(default=0)),
                        (
                            "refund",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fee_credit_note",
                                to="bank.refund",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "invoice",
                        "verbose_name_plural": "invoices",
                        "ordering": ["-year", "-sequence"],
                        "constraints": [
                            models.UniqueConstraint(fields=("year", "sequence"), name="fee_invoice_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("credits__isnull", True), ("total_cents__gt", 0)),
                                    models.Q(("credits__isnull", False), ("total_cents__lt", 0)),
                                    _connector="OR",
                                ),
                                name="fee_invoice_credit_is_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("settled_cents__gte", 0),
                                        ("settled_cents__lte", models.F("total_cents")),
                                        ("total_cents__gt", 0),
                                    ),
                                    models.Q(
                                        ("settled_cents__gte", models.F("total_cents")),
                                        ("settled_cents__lte", 0),
                                        ("total_cents__lt", 0),
                                    ),
                                    _connector="OR",
                                ),
                                name="fee_invoice_settled_within_total",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mandate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "payer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="mandates", to="fees.payer"
                            ),
                        ),
                        ("reference", models.CharField(max_length=35, unique=True, verbose_name="mandate reference")),
                        ("holder", models.CharField(max_length=70, verbose_name="account holder")),
                        ("iban", finance.bank.fields.EncryptedField(verbose_name="account number (IBAN)")),
                        ("iban_mark", models.CharField(max_length=32)),
                        ("bic", models.CharField(blank=True, max_length=11, verbose_name="BIC")),
                        ("signed_on", models.DateField(verbose_name="signed on")),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("paper", "on paper"),
                                    ("online", "online"),
                                    ("import", "taken over from the register"),
                                ],
                                max_length=8,
                                verbose_name="given",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("active", "active"), ("paused", "paused"), ("ended", "ended")],
                                default="active",
                                max_length=8,
                            ),
                        ),
                        ("because", models.CharField(blank=True, max_length=200)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("last_used_on", models.DateField(blank=True, null=True)),
                        ("kept_by_label", models.CharField(blank=True, max_length=160)),
                    ],
                    options={
                        "verbose_name": "mandate",
                        "verbose_name_plural": "mandates",
                        "ordering": ["-signed_on", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["active", "paused"])),
                                fields=("payer",),
                                name="fee_mandate_one_per_payer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reference", ""), _negated=True), name="fee_mandate_has_reference"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Charge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "payer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="charges", to="fees.payer"
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="fee_charges",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("member_label", models.CharField(max_length=160)),
                        (
                            "enrolment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="charges",
                                to="people.enrolment",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="charges",
                                to="fees.feeplan",
                            ),
                        ),
                        (
                            "tier",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="charges",
                                to="fees.feetier",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="charges",
                                to="fees.feerun",
                            ),
                        ),
                        (
                            "sort",
                            models.CharField(
                                choices=[("fee", "membership fee"), ("entrance", "entrance fee"), ("other", "other")],
                                max_length=8,
                            ),
                        ),
                        ("label", models.CharField(blank=True, max_length=200)),
                        ("period_starts_on", models.DateField()),
                        ("period_ends_on", models.DateField()),
                        ("covers_from", models.DateField()),
                        ("covers_until", models.DateField()),
                        ("cents", models.BigIntegerField()),
                        ("full_cents", models.BigIntegerField()),
                        ("percent_off", models.PositiveSmallIntegerField(default=0)),
                        ("access_until", models.DateField(blank=True, null=True)),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fee_charge",
                                to="ledger.entry",
                            ),
                        ),
                        (
                            "reversal",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversed_fee_charge",
                                to="ledger.entry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "charge",
                        "verbose_name_plural": "charges",
                        "ordering": ["period_starts_on", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("enrolment__isnull", False), ("reversal__isnull", True)),
                                fields=("enrolment", "sort", "period_starts_on"),
                                name="fee_charge_once_per_period",
                            ),
                            models.CheckConstraint(condition=models.Q(("cents__gt", 0)), name="fee_charge_is_positive"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("covers_until__gte", models.F("covers_from")),
                                    ("period_ends_on__gte", models.F("period_starts_on")),
                                ),
                                name="fee_charge_days_in_order",
                            ),
                        ],
                        "indexes": [models.Index(fields=["period_starts_on"], name="fee_charge_by_period")],
                    },
                ),
                migrations.CreateModel(
                    name="InvoicePaper",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "invoice",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="paper", to="fees.invoice"
                            ),
                        ),
                        ("content", models.BinaryField()),
                        ("digest", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "verbose_name": "invoice on paper",
                        "verbose_name_plural": "invoices on paper",
                    },
                ),
                migrations.CreateModel(
                    name="Part",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="fees.invoice"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(default=1)),
                        ("reference", models.CharField(max_length=25, unique=True)),
                        ("cents", models.BigIntegerField()),
                        ("paid_cents", models.BigIntegerField(default=0)),
                        ("due_on", models.DateField()),
                        ("dropped_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "part to pay",
                        "verbose_name_plural": "parts to pay",
                        "ordering": ["due_on", "number", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("dropped_at__isnull", True)),
                                fields=("invoice", "number"),
                                name="fee_part_number_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("cents__gt", 0)), name="fee_part_asks_something"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("paid_cents__gte", 0), ("paid_cents__lte", models.F("cents"))),
                                name="fee_part_paid_within_amount",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("dropped_at__isnull", True), ("paid_cents", 0), _connector="OR"),
                                name="fee_part_dropped_is_unpaid",
                            ),
                        ],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("dropped_at__isnull", True)),
                                fields=["due_on"],
                                name="fee_part_by_due_day",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Arrangement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="arrangements",
                                to="fees.invoice",
                            ),
                        ),
                        (
                            "wish",
                            models.CharField(
                                choices=[
                                    ("later", "pay later"),
                                    ("parts", "pay in more parts"),
                                    ("less", "I cannot pay this"),
                                    ("wrong", "this is not right"),
                                ],
                                max_length=8,
                                verbose_name="what would help?",
                            ),
                        ),
                        ("text", models.CharField(blank=True, max_length=1000, verbose_name="in your own words")),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("answer", models.CharField(blank=True, max_length=1000, verbose_name="answer")),
                        ("is_granted", models.BooleanField(null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_by_label", models.CharField(blank=True, max_length=160)),
                    ],
                    options={
                        "verbose_name": "arrangement",
                        "verbose_name_plural": "arrangements",
                        "ordering": ["-asked_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answered_at__isnull", True)),
                                fields=("invoice",),
                                name="fee_arrangement_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered_at__isnull", True), ("is_granted__isnull", True)),
                                    models.Q(("answered_at__isnull", False), ("is_granted__isnull", False)),
                                    _connector="OR",
                                ),
                                name="fee_arrangement_answered_with_outcome",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormalLetter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="fees.invoice"
                            ),
                        ),
                        ("sent_on", models.DateField(default=django.utils.timezone.localdate)),
                        ("pay_by", models.DateField()),
                        ("cents", models.BigIntegerField()),
                        ("sent_by_label", models.CharField(max_length=160)),
                    ],
                    options={
                        "verbose_name": "formal letter",
                        "verbose_name_plural": "formal letters",
                        "ordering": ["-sent_on", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("invoice", "sent_on"), name="fee_letter_once_a_day"),
                            models.CheckConstraint(
                                condition=models.Q(("pay_by__gt", models.F("sent_on"))), name="fee_letter_gives_time"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WriteOff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="write_offs",
                                to="fees.invoice",
                            ),
                        ),
                        ("cents", models.BigIntegerField()),
                        ("reason", models.CharField(max_length=300, verbose_name="why")),
                        ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("proposed_by_id", models.BigIntegerField()),
                        ("proposed_by_label", models.CharField(max_length=160)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_by_id", models.BigIntegerField(blank=True, null=True)),
                        ("decided_by_label", models.CharField(blank=True, max_length=160)),
                        (
                            "entry",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fee_write_off",
                                to="ledger.entry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "write-off",
                        "verbose_name_plural": "write-offs",
                        "ordering": ["-proposed_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("cents__gt", 0)), name="fee_write_off_has_amount"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by_id__isnull", True),
                                    models.Q(("decided_by_id", models.F("proposed_by_id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="fee_write_off_by_two_people",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("entry__isnull", True),
                                    models.Q(("decided_at__isnull", False), ("decided_by_id__isnull", False)),
                                    _connector="OR",
                                ),
                                name="fee_write_off_booked_when_decided",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("decided_at__isnull", True)),
                                fields=("invoice",),
                                name="fee_write_off_one_open",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InvoiceLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="fees.invoice"
                            ),
                        ),
                        (
                            "charge",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invoice_lines",
                                to="fees.charge",
                            ),
                        ),
                        ("cents", models.BigIntegerField()),
                    ],
                    options={
                        "verbose_name": "invoice line",
                        "verbose_name_plural": "invoice lines",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("cents", 0), _negated=True), name="fee_line_has_amount"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("cents__gt", 0)),
                                fields=("charge",),
                                name="fee_charge_invoiced_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("cents__lt", 0)),
                                fields=("charge",),
                                name="fee_charge_credited_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Allocation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "part",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="allocations", to="fees.part"
                            ),
                        ),
                        ("cents", models.BigIntegerField()),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("bank", "bank transfer"),
                                    ("online", "online"),
                                    ("cash", "cash"),
                                    ("debit", "direct debit"),
                                    ("credit", "set against a credit note"),
                                    ("off", "written off"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.entry",
                            ),
                        ),
                        (
                            "credit_note",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="used_for",
                                to="fees.invoice",
                            ),
                        ),
                        (
                            "undoes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="undone_by",
                                to="fees.allocation",
                            ),
                        ),
                        ("iban_mark", models.CharField(blank=True, max_length=32)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("by_label", models.CharField(blank=True, max_length=160)),
                    ],
                    options={
                        "verbose_name": "payment of a fee",
                        "verbose_name_plural": "payments of fees",
                        "ordering": ["at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("cents__gt", 0), ("undoes__isnull", True)),
                                    models.Q(("cents__lt", 0), ("undoes__isnull", False)),
                                    _connector="OR",
                                ),
                                name="fee_payment_negative_only_when_undoing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("credit_note__isnull", False), ("way", "credit")),
                                    models.Q(models.Q(("way", "credit"), _negated=True), ("entry__isnull", False)),
                                    _connector="OR",
                                ),
                                name="fee_payment_has_its_proof",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("entry__isnull", False), ("undoes__isnull", True)),
                                fields=("part", "entry"),
                                name="fee_payment_once",
                            ),
                        ],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("iban_mark", ""), _negated=True),
                                fields=["iban_mark"],
                                name="fee_payment_by_payer",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CollectionItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="fees.collectionbatch",
                            ),
                        ),
                        (
                            "part",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="collections", to="fees.part"
                            ),
                        ),
                        (
                            "mandate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="fees.mandate"
                            ),
                        ),
                        ("cents", models.BigIntegerField()),
                        ("end_to_end", models.CharField(max_length=25, unique=True)),
                        (
                            "sequence",
                            models.CharField(choices=[("FRST", "first"), ("RCUR", "recurring")], max_length=4),
                        ),
                        ("dropped_at", models.DateTimeField(blank=True, null=True)),
                        ("collected_on", models.DateField(blank=True, null=True)),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.entry",
                            ),
                        ),
                        ("returned_on", models.DateField(blank=True, null=True)),
                        ("return_code", models.CharField(blank=True, max_length=8)),
                        (
                            "return_entry",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.entry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "item of a collection",
                        "verbose_name_plural": "items of collections",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("cents__gt", 0)), name="fee_item_has_amount"),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("collected_on__isnull", True),
                                    ("dropped_at__isnull", True),
                                    ("returned_on__isnull", True),
                                ),
                                fields=("part",),
                                name="fee_item_one_underway_per_part",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
