"""Questions that pages ask again and again: their SQL is worked out once, and filled in for who is looking.

Building and compiling a query took three fifths of a page's time, the same at every page. So while a question is
worked out, a stand-in takes the place of the member (`StandIn`):

- what differs between members and leaves the question the same (the own id, the ids of the groups they are in, the
  moment) becomes a `Blank`, filled in at every use with what holds then;
- what changes the question (roles, kinds, whether there is a group at all) is noted, and the SQL is used again only
  where every note still holds;
- whatever else is touched, a query asked on the way, or a moment that slipped in as a value, raises `NotKept`, and the
  question is asked in the plain way. So nothing of one member can stay behind in the question of another.

Only the text of the SQL is kept, never an answer: a right that ends is gone at the next page.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial, wraps

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import BigIntegerField, DateField, DateTimeField, Expression, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

LIST = "IN (KEPT_LIST(%s))"
AS_LIST = {"postgresql": "= ANY(%s::bigint[])", "sqlite": "IN (SELECT value FROM json_each(%s))"}
LOOKS_LIKE_A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOST_VARIANTS = 50  # of one question; a fact of which there are more belongs in a blank

_working_out: ContextVar[bool] = ContextVar("working_out", default=False)


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
    return MomentBlank() if _working_out.get() else timezone.now()


def today():
    """The day in Amsterdam, for a filter: as `timezone.localdate()`, and a blank while a question is worked out."""
    return DayBlank() if _working_out.get() else timezone.localdate()


@dataclass(frozen=True)
class Note:
    """What was asked of the objects while the question was worked out, and the answer."""

    ask: Callable
    arguments: tuple
    answer: object

    def holds(self, objects) -> bool:
        return self.ask(*_real(self.arguments, objects)) == self.answer


class StandIn:
    """In the place of an object (the member who looks, a subgroup) while a question about it is worked out.

    Its model says what else may be asked: `noted` names attributes and methods of which the answer is noted, `blanks`
    the other attributes that are filled in, with their kind of field, and `lists_of_blanks` those that hold several.
    """

    def __init__(self, place: int, real, notes: list[Note]):
        self._place, self._real, self._notes = place, real, notes
        self.pk = self.id = Blank(_Own(place))

    def note(self, ask: Callable, arguments: tuple):
        with _plainly():
            answer = ask(*(each._real if isinstance(each, StandIn) else each for each in arguments))
        self._notes.append(Note(ask, tuple(_Place.of(each) for each in arguments), answer))
        return answer

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if name in getattr(self._real.__class__, "blanks", ()):
            return Blank(_Own(self._place, name), self._real.__class__.blanks[name])
        if name in getattr(self._real.__class__, "lists_of_blanks", ()):
            number, field = self.note(_Number(name), (self,)), self._real.__class__.lists_of_blanks[name]
            return [Blank(_Item(self._place, name, at), field) for at in range(number)]
        if name not in getattr(self._real.__class__, "noted", ()):
            raise NotKept(f"{name} of {self._real.__class__.__name__} was touched.")
        if callable(getattr(self._real, name)):
            return lambda *arguments: self.note(_Called(name), (self, *arguments))
        return self.note(_Got(name), (self,))

    def resolve_expression(self, *args, **kwargs):
        return self.pk.resolve_expression(*args, **kwargs)

    def __eq__(self, other):
        if self is other:
            return True
        raise NotKept("A stand-in was compared.")

    def __hash__(self):
        raise NotKept("A stand-in was looked up.")

    def __str__(self):
        raise NotKept("A stand-in was written out.")


@dataclass(frozen=True)
class _Place:
    number: int

    @classmethod
    def of(cls, argument):
        return cls(argument._place) if isinstance(argument, StandIn) else argument


@dataclass(frozen=True)
class _Own:
    place: int
    name: str = "pk"

    def __call__(self, objects):
        return getattr(objects[self.place], self.name)


@dataclass(frozen=True)
class _Item:
    place: int
    name: str
    at: int

    def __call__(self, objects):
        return getattr(objects[self.place], self.name)[self.at]


@dataclass(frozen=True)
class _Number:
    name: str

    def __call__(self, real):
        return len(getattr(real, self.name))


@dataclass(frozen=True)
class _Got:
    name: str

    def __call__(self, real):
        return getattr(real, self.name)


@dataclass(frozen=True)
class _Called:
    name: str

    def __call__(self, real, *arguments):
        return getattr(real, self.name)(*arguments)


def _real(arguments: tuple, objects: tuple) -> list:
    return [objects[each.number] if isinstance(each, _Place) else each for each in arguments]


def noted(function):
    """For a function of a member whose answer decides how questions are put: their roles, whether they may."""

    @wraps(function)
    def ask(member, *arguments):
        if isinstance(member, StandIn):
            return member.note(function, (member, *arguments))
        return function(member, *arguments)

    return ask


def ids(function):
    """For a function of a member that gives ids for a filter: whether there are any is noted, which is a blank."""

    def any_of(*arguments) -> bool:
        return bool(function(*arguments))

    @wraps(function)
    def ask(member, *arguments):
        if not isinstance(member, StandIn):
            return function(member, *arguments)
        if not member.note(any_of, (member, *arguments)):
            return []
        places = tuple(_Place.of(each) for each in (member, *arguments))
        return IdsBlank(lambda objects: function(*_real(places, objects)))

    return ask


@contextmanager
def _plainly():
    """To ask something real on the way."""
    token = _working_out.set(False)
    try:
        yield
    finally:
        _working_out.reset(token)


def _refuse(execute, sql, parameters, many, context):
    if _working_out.get():
        raise NotKept("A query was asked on the way.")
    return execute(sql, parameters, many, context)


@dataclass(frozen=True)
class Kept:
    """A question as it was worked out; `sql` None finds nothing, `is_plain` is asked in the plain way."""

    notes: tuple[Note, ...]
    sql: str | None = None
    parameters: tuple = ()
    rows: QuerySet | None = None
    compiler: object = None
    is_plain: bool = False

    def filled(self, objects: tuple) -> list:
        return [each.value(objects) if isinstance(each, Blank) else each for each in self.parameters]


_store: dict[tuple, list[Kept]] = defaultdict(list)


def forget() -> None:
    """Drop all that was kept; for tests that change the settings or the clock of the process."""
    _store.clear()


def work_out(key: tuple, build: Callable, objects: tuple) -> Kept:
    """The question `build(*objects)`, a queryset or its query, as kept under `key` for objects like these."""
    variants = _store[key, get_language(), connection.vendor]
    for kept in variants:
        if all(note.holds(objects) for note in kept.notes):
            return kept
    if len(variants) >= MOST_VARIANTS:
        return Kept((), is_plain=True)
    kept = _work_out(build, objects)
    variants.append(kept)
    return kept


def _work_out(build: Callable, objects: tuple) -> Kept:
    notes: list[Note] = []
    stand_ins = [StandIn(place, real, notes) for place, real in enumerate(objects)]
    token = _working_out.set(True)
    try:
        with connection.execute_wrapper(_refuse):
            return _compiled(build(*stand_ins), notes)
    except (NotKept, TypeError):
        return Kept(tuple(notes), is_plain=True)
    finally:
        _working_out.reset(token)
        for each in stand_ins:
            each._real = None  # nothing of one member stays behind


def _compiled(rows, notes: list[Note]) -> Kept:
    query = rows.query if isinstance(rows, QuerySet) else rows
    compiler = query.get_compiler(connection=connection)
    kept_rows = rows if isinstance(rows, QuerySet) else None
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return Kept(tuple(notes), rows=kept_rows, compiler=compiler)
    sql = sql.replace(LIST, AS_LIST[connection.vendor])
    if "KEPT_LIST" in sql or any(_is_moment(each) for each in parameters):
        raise NotKept("A list or a moment slipped in.")
    return Kept(tuple(notes), sql, tuple(parameters), kept_rows, compiler)


def _is_moment(parameter) -> bool:
    if isinstance(parameter, str):
        return connection.vendor == "sqlite" and bool(LOOKS_LIKE_A_DAY.match(parameter))
    return isinstance(parameter, date)


class Asked:
    """Rows that are not made yet: those of `function(*objects)`, for a question of which the SQL is kept.

    `make` makes them where that is not the function itself, which then only says what is asked.
    """

    def __init__(self, function: Callable, *objects, make: Callable | None = None):
        self.function, self.objects, self.plain = function, objects, make or function
        if self.plain.__closure__ is not None:
            raise TypeError(f"{self.plain.__qualname__} holds on to something; that would stay in the kept question.")

    def kept(self, *form, narrow: Callable) -> Kept | None:
        """The question that `narrow` makes of these rows; None when it is asked in the plain way."""
        if not getattr(self.objects[0], "remembers", False):
            return None
        kept = work_out((self.function, *form), lambda *objects: narrow(self.plain(*objects)), self.objects)
        return None if kept.is_plain else kept

    def plainly(self):
        return self.plain(*self.objects)


def kept_rows(function: Callable, *objects, **fixed) -> QuerySet:
    """The queryset `function(*objects, **fixed)` to read from: its SQL kept, for a member within a request.

    `fixed` is part of what is asked: few different values, such as the length of a list.

    Limits and order belong in the function: what comes back can be read, and neither filtered nor counted further.
    """
    if not getattr(objects[0], "remembers", False):
        return function(*objects, **fixed)
    ask = partial(function, **fixed) if fixed else function
    kept = work_out((function, *fixed.items()), ask, objects)
    return ask(*objects) if kept.is_plain else _ready(kept, ask, objects)


def _ready(kept: Kept, function: Callable, objects: tuple) -> QuerySet:
    rows = kept.rows._clone()
    rows.query, rows._iterable_class = _answered(kept, objects), kept.rows._iterable_class
    return rows


def _answered(kept: Kept, objects: tuple):
    """The query with its SQL ready."""
    query = copy(kept.rows.query)
    query.get_compiler = lambda using=None, connection=None, elide_empty=True: _compiler(kept, objects, using)
    query.chain = query.clone = query.get_count = query.exists = _cannot
    return query


def _compiler(kept: Kept, objects: tuple, using):
    ready = copy(kept.compiler)
    ready.connection = connections[using or DEFAULT_DB_ALIAS]
    ready.as_sql = lambda *args, **kwargs: ("", ()) if kept.sql is None else (kept.sql, kept.filled(objects))
    return ready


def _cannot(*args, **kwargs):
    raise TypeError("These rows are kept as they are: put filters, order and limits in the function that gives them.")
