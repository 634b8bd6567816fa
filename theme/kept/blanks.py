"""The places in a kept question that are filled in at every use."""

import json
import sys
from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.db import connection
from django.db.models import BigIntegerField, DateField, DateTimeField, Expression
from django.utils import timezone

working_out: ContextVar[bool] = ContextVar("working_out", default=False)


class NotKept(Exception):
    """The question cannot be kept, because it depends on something that is neither a blank nor noted."""


def _only_django(what: str) -> bool:
    """Django asks every expression whether it is there; code that decides something on a blank is stopped."""
    if not sys._getframe(2).f_globals["__name__"].startswith("django."):
        raise NotKept(f"A blank was {what}.")
    return True


class Blank(Expression):
    """The place of a value that is known at every use only. Nothing can be decided on it."""

    def __init__(self, fill: Callable, output_field=None):
        super().__init__(output_field=output_field or BigIntegerField())
        self.fill = fill  # function(objects) -> the value; the objects are those the question is about

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def value(self, objects):
        return self.output_field.get_db_prep_value(self.fill(objects), connection)

    def __bool__(self):
        return _only_django("taken for true or false")

    def __eq__(self, other):
        return _only_django("compared") and self is other

    def __hash__(self):
        return _only_django("looked up") and id(self)

    def __str__(self):
        raise NotKept("A blank was written out.")

    def __format__(self, how):
        raise NotKept("A blank was written out.")


class IdsBlank(Blank):
    """The place of a list of ids, for a filter `…__in`."""

    def as_sql(self, compiler, connection):
        return "(KEPT_LIST(%s))", [self]

    def value(self, objects):
        ids = list(self.fill(objects))
        return json.dumps(ids) if connection.vendor == "sqlite" else ids


class MomentBlank(Blank):
    """The place of now, or of a moment so long before or after it."""

    def __init__(self, shift: timedelta = timedelta(0)):
        super().__init__(None, DateTimeField())
        self.shift = shift

    def value(self, objects):
        return connection.ops.adapt_datetimefield_value(timezone.now() + self.shift)

    def __add__(self, shift):
        return type(self)(self.shift + shift)

    def __sub__(self, shift):
        return type(self)(self.shift - shift)


class DayBlank(MomentBlank):
    def __init__(self, shift: timedelta = timedelta(0)):
        super().__init__(shift)
        self.output_field = DateField()

    def value(self, objects):
        return connection.ops.adapt_datefield_value(timezone.localdate() + self.shift)


def now():
    """The moment, for a filter: as `timezone.now()`, and a blank while a question is worked out."""
    return MomentBlank() if working_out.get() else timezone.now()


def today():
    """The day in Amsterdam, for a filter: as `timezone.localdate()`, and a blank while a question is worked out."""
    return DayBlank() if working_out.get() else timezone.localdate()


@contextmanager
def plainly():
    """To ask something real on the way."""
    token = working_out.set(False)
    try:
        yield
    finally:
        working_out.reset(token)
