"""What the database itself refuses: changing or deleting an invoice that went out, its lines or its paper.

What was paid on it may change, and a name may be emptied when the years that the law asks are over.
"""

from django.db import connections

KEPT = ("fees_invoice", "fees_invoiceline", "fees_invoicepaper")
FIXED = ("year", "sequence", "issued_on", "due_on", "total_cents", "payer_id")
CHANGED = " OR ".join(f"OLD.{name} <> NEW.{name}" for name in FIXED) + (
    " OR (OLD.name <> NEW.name AND NEW.name <> '') OR (OLD.address <> NEW.address AND NEW.address <> '')"
)

SQLITE = [
    *(
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_delete BEFORE DELETE ON {table}"
        f" BEGIN SELECT RAISE(ABORT, 'an invoice stays as it was sent'); END"
        for table in KEPT
    ),
    *(
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE ON {table}"
        f" BEGIN SELECT RAISE(ABORT, 'an invoice stays as it was sent'); END"
        for table in KEPT[1:]
    ),
    f"CREATE TRIGGER IF NOT EXISTS fees_invoice_fixed BEFORE UPDATE ON fees_invoice WHEN {CHANGED}"
    f" BEGIN SELECT RAISE(ABORT, 'an invoice stays as it was sent'); END",
]
POSTGRESQL = [
    """CREATE OR REPLACE FUNCTION fees_invoice_stays() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'an invoice stays as it was sent'
       USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    *(
        f"CREATE OR REPLACE TRIGGER {table}_no_delete BEFORE DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION fees_invoice_stays()"
        for table in KEPT
    ),
    *(
        f"CREATE OR REPLACE TRIGGER {table}_no_update BEFORE UPDATE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION fees_invoice_stays()"
        for table in KEPT[1:]
    ),
    "CREATE OR REPLACE TRIGGER fees_invoice_fixed BEFORE UPDATE ON fees_invoice"
    f" FOR EACH ROW WHEN ({CHANGED}) EXECUTE FUNCTION fees_invoice_stays()",
]
STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def install(connection) -> None:
    with connection.cursor() as cursor:
        for statement in STATEMENTS[connection.vendor]:
            cursor.execute(statement)


def install_after_migrate(using="default", **kwargs) -> None:
    connection = connections[using]
    if set(KEPT) <= set(connection.introspection.table_names()):
        install(connection)
