"""How long a run over 51,200 members takes, and collecting from them: `python tests/load/fees.py [members]`.

The run in under 60 s, the file of the collection built and checked in under 15 s. It works on the database of the
settings, makes its own members there and empties nothing: use one that may be thrown away.
"""

import os
import resource
import sys
import time
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
sys.path.insert(0, os.getcwd())
django.setup()

from django.db import connection
from django.utils import timezone

from finance.bank.fields import mark
from finance.bank.models import BankAccount
from finance.bank.readers.values import dutch_iban
from finance.fees.models import Charge, FeePlan, FeeTier, Invoice, Mandate, Payer
from finance.fees.queries import faults
from finance.fees.services import (
    approve_batch,
    batch_file,
    export_batch,
    make_batch,
    make_run,
    save_debit_settings,
    start_run,
    tell_batch,
    work_on,
)
from groups.people.models import Enrolment, Member, MembershipKind


def populate(count: int) -> Member:
    kind = MembershipKind.objects.get_or_create(name="Lid")[0]
    plan = FeePlan.objects.create(kind=kind, anchor=date(2020, 1, 1), starts_on=date(2020, 1, 1))
    FeeTier.objects.create(plan=plan, valid_from=date(2020, 1, 1), cents=120_00)
    members = Member.objects.bulk_create(
        [Member(first_name=f"Lid{n}", last_name="Groot", email=f"groot{n}@x.example") for n in range(count)],
        batch_size=1000,
    )
    Enrolment.objects.bulk_create(
        [Enrolment(member=member, kind=kind, starts_on=date(2020, 1, 1)) for member in members], batch_size=1000
    )
    return members[0]


def timed(what, act):
    start, worked = time.monotonic(), time.process_time()
    result = act()
    cpu = time.process_time() - worked  # what a busy machine does not stretch; PostgreSQL's own is not in it
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{what:<32} {time.monotonic() - start:7.1f} s   {cpu:6.1f} s CPU   {memory} MB", flush=True)
    return result


def give_mandates(today: date) -> None:
    mandates = []
    for payer in Payer.objects.order_by("pk").iterator(chunk_size=2000):
        iban = dutch_iban("RABO", f"{payer.pk:010d}")
        fields = {"holder": f"Lid {payer.pk}", "iban": iban, "iban_mark": mark(iban), "way": Mandate.Way.PAPER}
        mandates.append(Mandate(payer=payer, reference=f"M{payer.pk}", signed_on=today, **fields))
    Mandate.objects.bulk_create(mandates, batch_size=1000)


def collect(by: Member, other: Member) -> None:
    """From the open fees to the file for the bank; members are told by the clock, which is not measured here."""
    today = timezone.localdate()
    timed("mandates", lambda: give_mandates(today))
    account = BankAccount.objects.get_or_create(iban="NL44RABO0123456789", defaults={"holder": "Vereniging"})[0]
    settings = {"creditor_id": "NL69ZZZ123456780000", "notice_days": 14, "format": "pain.008.001.08"}
    save_debit_settings(by=by, bank_account=account, **settings)
    days = {"due_until": date(2027, 12, 31), "collect_on": today + timedelta(days=20)}
    batch = timed("collection put together", lambda: make_batch(name="Incasso", by=by, **days))
    tell_batch(batch=batch, by=by)
    batch = timed("collection approved", lambda: approve_batch(batch=batch, by=other))
    batch = timed("collection exported", lambda: export_batch(batch=batch, by=by))
    content = timed("file built and validated", lambda: batch_file(batch))
    assert content == bytes(batch.content)
    print(f"collections {batch.items.filter(dropped_at__isnull=True).count()}, {len(content) // 1024} kB")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 51_200
    by = timed(f"{count} members ({connection.vendor})", lambda: populate(count))
    span = {"first_on": date(2026, 1, 1), "last_on": date(2026, 12, 31), "due_on": date(2026, 12, 31)}
    run = make_run(name="Contributie 2026", by=by, tells=False, **span)
    timed("preview", lambda: work_on(run.pk))
    start_run(run=run, by=by)
    timed("run", lambda: work_on(run.pk))
    start_run(run=run, by=by)
    again = timed("run again", lambda: work_on(run.pk))
    print(f"charges {Charge.objects.count()}, invoices {Invoice.objects.count()}, added again {again.added}")
    collect(by, Member.objects.exclude(pk=by.pk).first())
    print("faults:", timed("proof", faults) or "none")


if __name__ == "__main__":
    main()
