"""Triggers that hold what must not change, whoever asks: form, shell or SQL.

Question, options and rules of a poll that has opened refuse every change; a poll does not reopen, gets no late
electors, and takes no vote once it is not open. They are installed after every `migrate` and not by a migration,
because SQLite drops a table's triggers, or stumbles over them, whenever a migration remakes the table.
"""

from django.db import connections

FROZEN = [
    "subgroup_id",
    "item_id",
    "follows_id",
    "kind",
    "question",
    "explanation",
    "secrecy",
    "rules",
    "adds_options",
    "opens_at",
    "closes_at",
]
NOT_OPENED = "('draft', 'planned')"
OVER = "('closed', 'counted', 'published', 'void')"
STATE_OF = "(SELECT state FROM polls_poll WHERE id = {row}.poll_id)"

# (name, table, event, when): the event is refused when the condition holds. {distinct} differs per database.
RULES = [
    (
        "poll_frozen",
        "polls_poll",
        "UPDATE",
        f"OLD.state NOT IN {NOT_OPENED} AND ("
        + " OR ".join(f"NEW.{column} {{distinct}} OLD.{column}" for column in FROZEN)
        + ")",
    ),
    ("poll_not_reopened", "polls_poll", "UPDATE", f"OLD.state IN {OVER} AND NEW.state NOT IN {OVER}"),
    ("poll_kept", "polls_poll", "DELETE", f"OLD.state NOT IN {NOT_OPENED}"),
    ("option_frozen", "polls_option", "UPDATE", f"{STATE_OF.format(row='OLD')} NOT IN {NOT_OPENED}"),
    ("option_kept", "polls_option", "DELETE", f"{STATE_OF.format(row='OLD')} NOT IN {NOT_OPENED}"),
    (
        "option_not_added",
        "polls_option",
        "INSERT",
        f"{STATE_OF.format(row='NEW')} NOT IN {NOT_OPENED} AND NOT EXISTS (SELECT 1 FROM polls_poll"
        " WHERE id = NEW.poll_id AND adds_options AND state = 'open')",
    ),
    ("group_not_added", "polls_poll_also_in", "INSERT", f"{STATE_OF.format(row='NEW')} NOT IN {NOT_OPENED}"),
    ("group_kept", "polls_poll_also_in", "DELETE", f"{STATE_OF.format(row='OLD')} NOT IN {NOT_OPENED}"),
    ("elector_not_late", "polls_elector", "INSERT", f"{STATE_OF.format(row='NEW')} NOT IN {NOT_OPENED}"),
    (
        "vote_in_time",
        "polls_elector",
        "UPDATE",
        "(NEW.answer {distinct} OLD.answer OR NEW.voted {distinct} OLD.voted"
        " OR (NEW.sealed IS NOT NULL AND NEW.sealed {distinct} OLD.sealed))"
        f" AND {STATE_OF.format(row='NEW')} <> 'open'",
    ),
    (
        "barred_votes_not",
        "polls_elector",
        "UPDATE",
        "OLD.barred_at IS NOT NULL AND (NEW.answer {distinct} OLD.answer OR NEW.voted {distinct} OLD.voted"
        " OR (NEW.sealed IS NOT NULL AND NEW.sealed {distinct} OLD.sealed))",
    ),
    ("question_frozen", "polls_surveyquestion", "UPDATE", f"{STATE_OF.format(row='OLD')} NOT IN {NOT_OPENED}"),
    ("question_kept", "polls_surveyquestion", "DELETE", f"{STATE_OF.format(row='OLD')} NOT IN {NOT_OPENED}"),
    ("question_not_added", "polls_surveyquestion", "INSERT", f"{STATE_OF.format(row='NEW')} NOT IN {NOT_OPENED}"),
    ("draw_kept", "polls_draw", "UPDATE", "TRUE"),
    ("draw_not_deleted", "polls_draw", "DELETE", "TRUE"),
    ("decision_kept", "polls_decision", "UPDATE", "TRUE"),
    ("decision_not_deleted", "polls_decision", "DELETE", "TRUE"),
    ("meeting_rules_kept", "polls_meeting", "UPDATE", "OLD.called_at IS NOT NULL AND NEW.rules {distinct} OLD.rules"),
    ("minutes_kept", "polls_meeting", "UPDATE", "OLD.adopted_at IS NOT NULL AND NEW.minutes {distinct} OLD.minutes"),
    ("tally_kept", "polls_tally", "UPDATE", "OLD.is_final"),
]

SQLITE = """CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when}
BEGIN SELECT RAISE(ABORT, '{name}: this poll is frozen'); END"""

POSTGRESQL = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
BEGIN
  IF {when} THEN RAISE EXCEPTION '{name}: this poll is frozen' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN {row};
END; $$ LANGUAGE plpgsql;
DROP TRIGGER IF EXISTS {name} ON {table};
CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();
"""


def install(using: str, **_signal) -> None:
    """Put every trigger in place; repeating is harmless."""
    connection = connections[using]
    sqlite = connection.vendor == "sqlite"
    if sqlite:
        remove(using)
    with connection.cursor() as cursor:
        for name, table, event, condition in RULES:
            when = condition.format(distinct="IS NOT" if sqlite else "IS DISTINCT FROM")
            row = "OLD" if event == "DELETE" else "NEW"
            template = SQLITE if sqlite else POSTGRESQL
            cursor.execute(template.format(name=name, table=table, event=event, when=when, row=row))


def remove(using: str, **_signal) -> None:
    """Before a migration on SQLite; PostgreSQL keeps its triggers through any change of a table."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name, *_rest in RULES:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
