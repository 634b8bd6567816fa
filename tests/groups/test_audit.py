import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from groups.people.audit import broken_links, link_entries, record
from groups.people.models import AuditEntry
from tests.factories import MemberFactory, SubgroupFactory
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


def three_acts():
    subgroup, member = SubgroupFactory(), MemberFactory()
    return [record(by=member, act=f"test.{number}", about=subgroup, reason="omdat") for number in range(3)]


@pytest.mark.parametrize("attack", ["update", "delete"])
def test_the_log_refuses_change_by_the_orm(attack):
    entry = three_acts()[0]

    with pytest.raises(DatabaseError), transaction.atomic():
        rows = AuditEntry.objects.filter(pk=entry.pk)
        rows.update(reason="anders") if attack == "update" else rows.delete()

    assert AuditEntry.objects.get(pk=entry.pk).reason == "omdat"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite replaces rows on insert")
def test_the_log_refuses_an_insert_over_a_line():
    entry = three_acts()[0]

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO people_auditentry SELECT * FROM people_auditentry WHERE id = %s", [entry.pk]
        )


def test_a_row_changed_past_the_triggers_breaks_the_chain():
    entries = three_acts()
    link_entries()
    assert broken_links() == []

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER people_auditentry_no_update")
        else:
            cursor.execute("ALTER TABLE people_auditentry DISABLE TRIGGER ALL")
        cursor.execute("UPDATE people_auditentry SET reason = 'anders' WHERE id = %s", [entries[1].pk])

    assert broken_links() == [entries[1].pk]
    with pytest.raises(CommandError, match=f"entry {entries[1].pk}"):
        call_command("verify_audit")


def test_an_act_that_is_rolled_back_leaves_no_row():
    with pytest.raises(RuntimeError), transaction.atomic():
        three_acts()
        raise RuntimeError

    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_clocks_at_once_make_one_chain():
    three_acts()

    at_once(link_entries, link_entries)
    link_entries()

    assert broken_links() == []
    assert AuditEntry.objects.filter(link__isnull=True).count() == 0
