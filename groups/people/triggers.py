"""What the database itself refuses: changing or deleting a line of the audit log.

SQLite's `INSERT OR REPLACE` deletes without firing a delete trigger, so inserting over an existing line is refused too.
"""

from django.db import connections

KEYS = {"people_auditentry": "id", "people_auditlink": "position"}

SQLITE = [
    f"CREATE TRIGGER IF NOT EXISTS {table}_no_{word} BEFORE {act} ON {table} {condition}"
    f" BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
    for table, key in KEYS.items()
    for word, act, condition in (
        ("update", "UPDATE", ""),
        ("delete", "DELETE", ""),
        ("replace", "INSERT", f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"),
    )
]

POSTGRESQL = [
    """CREATE OR REPLACE FUNCTION people_audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    *(
        statement
        for table in KEYS
        for statement in (
            f"CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION people_audit_append_only()",
            f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION people_audit_append_only()",
        )
    ),
]
STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def install_after_migrate(using="default", **kwargs) -> None:
    connection = connections[using]
    if set(KEYS) <= set(connection.introspection.table_names()):
        with connection.cursor() as cursor:
            for statement in STATEMENTS[connection.vendor]:
                cursor.execute(statement)
