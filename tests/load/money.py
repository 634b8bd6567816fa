"""How fast the money side is: `python tests/load/money.py` prints the figures, on a database of its own.

10,000 bank lines in under 30 s and 300 MB; 500 payments into one pot, none lost; all 51,200 places of fifty full
groups asked, one after the other, in under 60 s.
"""

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
os.environ.setdefault("COMMUNITY_DATA_DIR", tempfile.mkdtemp(prefix="money-load-"))

import django

django.setup()

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from finance.bank.models import BankAccount, BankLine
from finance.bank.queries import bank_proof
from finance.bank.services import import_statement
from finance.ledger.seals import faults
from finance.pots.queries import pot_total
from finance.pots.services import ask, open_pot, record_cash
from groups.people.models import Member
from groups.subgroups.models import Membership, Subgroup, SubgroupRole
from groups.subgroups.services import add_member, create_subgroup, grant_subgroup_role
from tests.factories_finance import camt
from tests.parallel import at_once

LINES, PEOPLE, PAYMENTS, GROUPS = 10_000, 1_024, 500, 50


def timed(what: str, act):
    start, worked = time.perf_counter(), time.process_time()
    result = act()
    print(
        f"{what:<46} {time.perf_counter() - start:8.2f} s, of which at work {time.process_time() - worked:6.2f} s",
        flush=True,
    )
    return result


def memory_at_most() -> None:
    print(f"{'memory at most':<46} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


def full_subgroup(number: int = 0):
    """A Geldchef with a group of their own and everybody else in it."""
    chef = Member.objects.create_user(f"chef{number}@load.example", first_name="Chef")
    subgroup = create_subgroup(name=f"Vol {number}", description="Een volle groep", by=None)
    add_member(subgroup=subgroup, member=chef)
    grant_subgroup_role(subgroup=subgroup, member=chef, role=SubgroupRole.GELDCHEF, by=None)
    names = [f"g{number}m{n}" for n in range(PEOPLE - 1)]
    people = [Member(email=f"{name}@load.example", first_name=f"Lid {name}", password="!") for name in names]
    people = Member.objects.bulk_create(people, batch_size=500)
    Membership.objects.bulk_create([Membership(subgroup=subgroup, member=each) for each in people], batch_size=500)
    Subgroup.objects.filter(pk=subgroup.pk).update(member_count=PEOPLE)
    return chef, subgroup, people


def ask_every_group(first, due) -> None:
    """Fifty full groups, each by its own Geldchef: 51,200 requests with their references and notices."""
    groups = [first, *(full_subgroup(number) for number in range(1, GROUPS))]
    pots = [open_pot(subgroup=group, by=chef, name="Potje", purpose="Meten") for chef, group, _people in groups]

    def ask_all():
        asked = 0
        for pot, (chef, _group, people) in zip(pots, groups, strict=True):
            asked += len(ask(pot=pot, by=chef, members=[chef, *people], due_on=due, each_cents=500))
        return asked

    assert timed(f"{GROUPS * PEOPLE} members of {GROUPS} groups asked", ask_all) == GROUPS * PEOPLE


def main():
    call_command("migrate", verbosity=0)
    BankAccount.objects.create(holder="Vereniging", iban="NL44RABO0123456789")
    chef, subgroup, people = full_subgroup()
    pot = open_pot(subgroup=subgroup, by=chef, name="Groot potje", purpose="Meten")
    due = timezone.localdate() + timedelta(days=7)
    asking = {"pot": pot, "by": chef, "members": people, "due_on": due, "each_cents": 500}
    requests = timed(f"{PEOPLE - 1} members asked", lambda: ask(**asking))

    lines = [(500, "x", "", each.reference) for each in requests[:PAYMENTS]]
    lines += [(100 + n % 900, f"Naam {n}", "", f"omschrijving {n}") for n in range(LINES - PAYMENTS)]
    content = camt(*lines)
    what = f"{LINES} bank lines, {PAYMENTS} with a reference"
    [result] = timed(what, lambda: import_statement(content=content, filename="x"))
    assert (result.lines_new, result.matched) == (LINES, PAYMENTS)
    timed("the same file again", lambda: import_statement(content=content + b" ", filename="x"))
    assert BankLine.objects.count() == LINES
    memory_at_most()

    left = requests[PAYMENTS : 2 * PAYMENTS]
    acts = [lambda part=left[n::8]: [record_cash(request=each, cents=500, by=chef) for each in part] for n in range(8)]
    answers = timed(f"{len(left)} payments into one pot by 8 at once", lambda: at_once(*acts))
    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    assert pot_total(pot).collected_cents == (PAYMENTS + len(left)) * 500
    found = timed("the ledger verified", faults)
    assert not found and bank_proof().holds
    ask_every_group((chef, subgroup, people), due)
    memory_at_most()


if __name__ == "__main__":
    main()
