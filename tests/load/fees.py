"""How long a run over 51,200 members takes: `python tests/load/fees.py [members]` on the database of the settings.

It makes its own members in a database that it empties of nothing: use one that may be thrown away.
"""

import os
import resource
import sys
import time
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
sys.path.insert(0, os.getcwd())
django.setup()

from django.db import connection

from finance.fees.models import Charge, FeePlan, FeeTier, Invoice
from finance.fees.queries import faults
from finance.fees.services import make_run, start_run, work_on
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
    print("faults:", timed("proof", faults) or "none")


if __name__ == "__main__":
    main()
