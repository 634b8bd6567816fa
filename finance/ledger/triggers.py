"""What the database itself refuses, whoever asks: changing or deleting the books, and joining two rings.

`INSERT OR REPLACE` of SQLite deletes without firing a delete trigger, so inserting over an existing row is refused too.
"""

from django.db import connections

APPEND_ONLY = ("ledger_entry", "ledger_line", "ledger_seal", "ledger_signoff")
FIXED_COLUMNS = ("code", "kind", "ring", "currency")

SQLITE = [
    statement
    for table in APPEND_ONLY
    for statement in (
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE ON {table}"
        f" BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_delete BEFORE DELETE ON {table}"
        f" BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_replace BEFORE INSERT ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
        f" BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
    )
] + [
    "CREATE TRIGGER IF NOT EXISTS ledger_entry_no_replaced_key BEFORE INSERT ON ledger_entry"
    " WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE key = NEW.key)"
    " BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: ledger_entry.key'); END",
    "CREATE TRIGGER IF NOT EXISTS ledger_entry_after_signature BEFORE INSERT ON ledger_entry"
    " WHEN NEW.value_date <= (SELECT max(until) FROM ledger_signoff)"
    " BEGIN SELECT RAISE(ABORT, 'the books of that day are signed'); END",
    "CREATE TRIGGER IF NOT EXISTS ledger_line_one_ring BEFORE INSERT ON ledger_line"
    " WHEN (SELECT d.currency <> c.currency OR (d.ring <> c.ring AND e.kind <> 'ring_transfer')"
    "  FROM ledger_account d, ledger_account c, ledger_entry e"
    "  WHERE d.id = NEW.debit_id AND c.id = NEW.credit_id AND e.id = NEW.entry_id)"
    " BEGIN SELECT RAISE(ABORT, 'a line joins two rings or currencies'); END",
    f"CREATE TRIGGER IF NOT EXISTS ledger_account_fixed BEFORE UPDATE OF {', '.join(FIXED_COLUMNS)} ON ledger_account"
    f" WHEN {' OR '.join(f'OLD.{name} <> NEW.{name}' for name in FIXED_COLUMNS)}"
    " BEGIN SELECT RAISE(ABORT, 'an account keeps its place in the books'); END",
]

POSTGRESQL = [
    """CREATE OR REPLACE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE OR REPLACE FUNCTION ledger_one_ring() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (SELECT d.currency <> c.currency OR (d.ring <> c.ring AND e.kind <> 'ring_transfer')
          FROM ledger_account d, ledger_account c, ledger_entry e
          WHERE d.id = NEW.debit_id AND c.id = NEW.credit_id AND e.id = NEW.entry_id) THEN
        RAISE EXCEPTION 'a line joins two rings or currencies' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$""",
    """CREATE OR REPLACE FUNCTION ledger_after_signature() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.value_date <= (SELECT max(until) FROM ledger_signoff) THEN
        RAISE EXCEPTION 'the books of that day are signed' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$""",
    """CREATE OR REPLACE FUNCTION ledger_account_fixed() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'an account keeps its place in the books'
       USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    *(
        statement
        for table in APPEND_ONLY
        for statement in (
            f"CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION ledger_append_only()",
            f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only()",
        )
    ),
    "CREATE OR REPLACE TRIGGER ledger_entry_after_signature BEFORE INSERT ON ledger_entry"
    " FOR EACH ROW EXECUTE FUNCTION ledger_after_signature()",
    "CREATE OR REPLACE TRIGGER ledger_line_one_ring BEFORE INSERT ON ledger_line"
    " FOR EACH ROW EXECUTE FUNCTION ledger_one_ring()",
    "CREATE OR REPLACE TRIGGER ledger_account_fixed BEFORE UPDATE ON ledger_account FOR EACH ROW"
    f" WHEN ({' OR '.join(f'OLD.{name} <> NEW.{name}' for name in FIXED_COLUMNS)})"
    " EXECUTE FUNCTION ledger_account_fixed()",
]
STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def install(connection) -> None:
    with connection.cursor() as cursor:
        for statement in STATEMENTS[connection.vendor]:
            cursor.execute(statement)


def installed(connection) -> set[str]:
    """The names of our triggers that are in the database now."""
    table = "sqlite_master WHERE type = 'trigger'" if connection.vendor == "sqlite" else "pg_trigger WHERE true"
    name = "name" if connection.vendor == "sqlite" else "tgname"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM {table} AND {name} LIKE 'ledger\\_%' ESCAPE '\\'")
        return {row[0] for row in cursor.fetchall()}


def expected(connection) -> set[str]:
    words = (statement.replace("IF NOT EXISTS ", "").split() for statement in STATEMENTS[connection.vendor])
    return {each[each.index("TRIGGER") + 1] for each in words if "TRIGGER" in each[:4]}


def install_after_migrate(using="default", **kwargs) -> None:
    connection = connections[using]
    present = set(connection.introspection.table_names())
    if {*APPEND_ONLY, "ledger_account"} <= present:
        install(connection)
