"""Small questions of many rooms, asked in one query: how many, is there any, and which are the first few."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC

from django.core.exceptions import EmptyResultSet, FieldDoesNotExist
from django.db import connection
from django.db.models import DateTimeField, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from theme.kept import Asked, NotKept

ROWS_AS_LIST = {
    "postgresql": "(SELECT jsonb_agg(asked.one) FROM ({}) asked)",
    "sqlite": "(SELECT json_group_array(json(asked.one)) FROM ({}) asked)",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One column of the answer: the SQL around a query of rows, and what is made of what comes back."""

    around: str
    narrow: Callable  # the rows themselves -> the query that stands in `around`
    read: Callable  # what came back, the rows -> the answer
    nothing: object  # the answer when the query cannot find anything, so that it need not be asked
    names: tuple[str, ...] = ()
    limit: int | None = None

    def query(self, rows: QuerySet):
        if not isinstance(rows, QuerySet):
            raise NotKept("Something was counted already.")
        return self.narrow(rows, self.names, self.limit)


def _pks(rows, names, limit):
    return rows.order_by().values("pk")


def _exists(rows, names, limit):
    return rows.query.exists()


def _as_json(rows, names, limit):
    return rows.values(one=JSONObject(**{name: name for name in ("pk", *names)}))[:limit]


def _objects(answer, rows) -> list:
    return [_object(rows.model, rows.query.annotations, row) for row in json.loads(answer or "[]")]


COUNT = Question("(SELECT COUNT(*) FROM ({}) asked)", _pks, lambda answer, rows: int(answer), 0)
ANY = Question("EXISTS ({})", _exists, lambda answer, rows: bool(answer), False)


class Together:
    """The small questions of one page. The first one that is read has all that were put so far asked in one query.

    Each is compiled by itself and they are put side by side: as annotations of one another's query Django would copy
    and resolve them all over again, which cost more than asking them. Rows may be put as a queryset, or as `Asked`:
    then their SQL is kept from page to page.
    """

    def __init__(self):
        self._waiting: dict[object, tuple[Question, QuerySet | Asked]] = {}
        self._answers: dict[object, object] = {}

    def count(self, key, rows: QuerySet | Asked) -> None:
        """Put the question how many rows there are, to be read later as `[key]`."""
        self._waiting[key] = COUNT, rows

    def any(self, key, rows: QuerySet | Asked) -> None:
        """Put the question whether there is a row, to be read later as `[key]`."""
        self._waiting[key] = ANY, rows

    def first(self, key, rows: QuerySet | Asked, *names: str, limit: int) -> None:
        """Put the question which rows come first, to be read later as `[key]`: a list of objects.

        They carry the fields and annotations in `names` and no more; another field is fetched when it is touched.
        """
        question = Question(ROWS_AS_LIST[connection.vendor], _as_json, _objects, [], names, limit)
        self._waiting[key] = question, rows

    def __contains__(self, key) -> bool:
        return key in self._waiting or key in self._answers

    def __getitem__(self, key):
        if key not in self._answers:
            self._ask()
        return self._answers[key]

    def _ask(self) -> None:
        columns, values, asked = [], [], {}
        for key, (question, rows) in self._waiting.items():
            sql, parameters, source = _sql(question, rows)
            if sql is None:
                self._answers[key] = question.nothing
                continue
            columns.append(question.around.format(sql))
            values += parameters
            asked[key] = question.read, source
        self._waiting = {}
        if asked:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {', '.join(columns)}", values)
                row = cursor.fetchone()
            answers = zip(asked.items(), row, strict=True)
            self._answers |= {key: read(answer, source) for (key, (read, source)), answer in answers}


def _sql(question: Question, rows: QuerySet | Asked) -> tuple:
    """SQL (None when nothing can be found), its parameters, and the rows it is about."""
    if isinstance(rows, Asked):
        kept = rows.kept(question.narrow.__name__, question.names, question.limit, narrow=question.query)
        if kept is not None:
            return kept.sql, kept.sql and kept.filled(rows.objects), kept.rows
        rows = rows.plainly()
    query = question.query(rows)
    try:
        compiler = getattr(query, "query", query).get_compiler(connection=connection)
        return *compiler.as_sql(), rows
    except EmptyResultSet:
        return None, (), rows


def _object(model, annotations, row: dict):
    """The object of a row: JSON knows no moments and days, and SQLite no booleans."""
    fields, extra = {}, {}
    for name, value in row.items():
        try:
            field = model._meta.pk if name == "pk" else model._meta.get_field(name)
            fields[field.attname] = _value(field, value)
        except FieldDoesNotExist:
            extra[name] = _value(annotations[name].output_field, value)
    in_order = [field.attname for field in model._meta.concrete_fields if field.attname in fields]
    found = model.from_db(connection.alias, in_order, [fields[name] for name in in_order])
    for name, value in extra.items():
        setattr(found, name, value)
    return found


def _value(field, value):
    value = field.to_python(value)
    if isinstance(field, DateTimeField) and value is not None and timezone.is_naive(value):
        return timezone.make_aware(value, UTC)  # SQLite keeps moments without their zone
    return value


def together(request) -> Together:
    """The questions of the page that is being made."""
    if not hasattr(request, "_together"):
        request._together = Together()
    return request._together
