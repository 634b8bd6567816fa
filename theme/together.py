"""Small questions of many rooms, asked in one query: how many, is there any, and which are the first few."""

from datetime import UTC

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Count, DateTimeField, Exists, JSONField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone


class Together:
    """The small questions of one page. The first one that is read has all that were put so far asked in one query."""

    def __init__(self, member):
        self._member, self._waiting, self._answers, self._models = member, {}, {}, {}

    def count(self, key: str, rows: QuerySet) -> None:
        """Put the question how many rows there are, to be read later as `[key]`."""
        in_one = rows.order_by().annotate(together=Value(1)).values("together")
        self._waiting[key] = Coalesce(Subquery(in_one.annotate(number=Count("pk")).values("number")), 0)

    def any(self, key: str, rows: QuerySet) -> None:
        """Put the question whether there is a row, to be read later as `[key]`."""
        self._waiting[key] = Exists(rows)

    def first(self, key: str, rows: QuerySet, *names: str, limit: int) -> None:
        """Put the question which rows come first, to be read later as `[key]`: a list of objects.

        They carry the fields and annotations in `names` and no more; another field is fetched when it is touched.
        """
        names = ("pk", *names)
        self._waiting[key] = _FirstRows(rows.values(together=JSONObject(**{name: name for name in names}))[:limit])
        self._models[key] = rows.model, rows.query.annotations

    def __contains__(self, key: str) -> bool:
        return key in self._waiting or key in self._answers

    def __getitem__(self, key: str):
        if key not in self._answers:
            self._ask()
        return self._answers[key]

    def _ask(self) -> None:
        """One row of one query; the member's own row only carries the answers."""
        names = {f"answer_{place}": key for place, key in enumerate(self._waiting)}
        expressions = {name: self._waiting[key] for name, key in names.items()}
        own_row = get_user_model().objects.filter(pk=self._member.pk)
        row = own_row.annotate(**expressions).values_list(*expressions).get()
        self._answers |= {key: self._read(key, answer) for key, answer in zip(names.values(), row, strict=True)}
        self._waiting = {}

    def _read(self, key: str, answer):
        if key not in self._models:
            return answer
        return [_object(*self._models[key], row) for row in answer or []]


class _FirstRows(Subquery):
    """A few rows as one list, in their order."""

    output_field = JSONField()
    template = "(SELECT jsonb_agg(rows_asked.together) FROM (%(subquery)s) rows_asked)"

    def as_sqlite(self, compiler, connection):
        template = "(SELECT json_group_array(json(rows_asked.together)) FROM (%(subquery)s) rows_asked)"
        return self.as_sql(compiler, connection, template=template)


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
    found = model.from_db(DEFAULT_DB_ALIAS, in_order, [fields[name] for name in in_order])
    for name, value in extra.items():
        setattr(found, name, value)
    return found


def _value(field, value):
    value = field.to_python(value)
    if isinstance(field, DateTimeField) and value is not None and timezone.is_naive(value):
        return timezone.make_aware(value, UTC)  # SQLite keeps moments without their zone
    return value


def together(request) -> Together:
    """The questions of the page that is being made; its visitor is logged in."""
    if not hasattr(request, "_together"):
        request._together = Together(request.user)
    return request._together
