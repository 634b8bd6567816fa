"""Full text of messages: PostgreSQL with Dutch and English stemming, SQLite with FTS5 and beginnings of words.

Both are kept by the database itself, so that nothing which writes a message can forget it.
"""

from django.db import connection
from django.db.models import BooleanField, F, Func, Value
from django.db.models.expressions import RawSQL

from theme.search import Question

POSTGRESQL = """
ALTER TABLE conversations_message ADD COLUMN IF NOT EXISTS words tsvector
    GENERATED ALWAYS AS (to_tsvector('dutch', text) || to_tsvector('english', text)) STORED;
CREATE INDEX IF NOT EXISTS message_words ON conversations_message USING gin (words);
"""
SQLITE = [
    """CREATE VIRTUAL TABLE IF NOT EXISTS conversations_message_words USING fts5(
        text, content='conversations_message', content_rowid='id', tokenize='unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER IF NOT EXISTS message_words_insert AFTER INSERT ON conversations_message BEGIN
        INSERT INTO conversations_message_words(rowid, text) VALUES (new.id, new.text); END""",
    """CREATE TRIGGER IF NOT EXISTS message_words_delete AFTER DELETE ON conversations_message BEGIN
        INSERT INTO conversations_message_words(conversations_message_words, rowid, text)
        VALUES ('delete', old.id, old.text); END""",
    """CREATE TRIGGER IF NOT EXISTS message_words_update AFTER UPDATE OF text ON conversations_message BEGIN
        INSERT INTO conversations_message_words(conversations_message_words, rowid, text)
        VALUES ('delete', old.id, old.text);
        INSERT INTO conversations_message_words(rowid, text) VALUES (new.id, new.text); END""",
]
REBUILD = "INSERT INTO conversations_message_words(conversations_message_words) VALUES ('rebuild')"


def install(**kwargs) -> None:
    """Make the index where it is missing. Runs after each migrate: SQLite loses triggers when a table is remade."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL)
            return
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE name LIKE 'message_words_%' AND type = 'trigger'")
        if cursor.fetchone()[0] < 3:
            for statement in SQLITE:
                cursor.execute(statement)
            cursor.execute(REBUILD)


def matching(messages, question: Question):
    """The messages of the queryset that hold all the words of the question."""
    if connection.vendor == "postgresql":
        return messages.filter(_Holds(F("pk"), question.sentence))
    found = RawSQL(
        "SELECT rowid FROM conversations_message_words WHERE conversations_message_words MATCH %s",
        [question.beginnings],
    )
    return messages.filter(pk__in=found)


class _Holds(Func):
    """Whether a message holds the words. Their column is no field; it stands in the table in which `pk` stands."""

    output_field = BooleanField()

    def __init__(self, key, text):
        super().__init__(key, text if hasattr(text, "resolve_expression") else Value(text))

    def as_sql(self, compiler, connection, **context):
        key, text = self.get_source_expressions()
        words = f"{compiler.quote_name_unless_alias(key.alias)}.words"
        sql = f"({words} @@ plainto_tsquery('dutch', %s) OR {words} @@ plainto_tsquery('english', %s))"
        _, parameters = compiler.compile(text)
        return sql, [*parameters, *parameters]
