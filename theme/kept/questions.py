"""Working a question out once, and asking it with the SQL that was kept."""

import re
from collections import defaultdict
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import QuerySet
from django.utils.translation import get_language

from theme.kept.blanks import Blank, NotKept, working_out
from theme.kept.stand_ins import Note, StandIn, stand_in

# A list of any length in one place of the SQL, written as each database can read it.
LIST = "IN (KEPT_LIST(%s))"
AS_LIST = {"postgresql": "= ANY(%s::bigint[])", "sqlite": "IN (SELECT value FROM json_each(%s))"}
LOOKS_LIKE_A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOST_VARIANTS = 50  # of one question; a fact of which there are more belongs in a blank


def _refuse(execute, sql, parameters, many, context):
    if working_out.get():
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
    kept = _worked_out(build, objects)
    variants.append(kept)
    return kept


def _worked_out(build: Callable, objects: tuple) -> Kept:
    notes: list[Note] = []
    stand_ins = [stand_in(place, real, notes) for place, real in enumerate(objects)]
    token = working_out.set(True)
    try:
        with connection.execute_wrapper(_refuse):
            return _compiled(build(*stand_ins), notes)
    except (NotKept, TypeError):
        return Kept(tuple(notes), is_plain=True)
    finally:
        working_out.reset(token)
        for each in stand_ins:
            if isinstance(each, StandIn):
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
        _must_be_free(self.plain)

    def kept(self, *form, narrow: Callable) -> Kept | None:
        """The question that `narrow` makes of these rows; None when it is asked in the plain way."""
        if not getattr(self.objects[0], "remembers", False):
            return None
        kept = work_out((self.function, *form), lambda *objects: narrow(self.plain(*objects)), self.objects)
        return None if kept.is_plain else kept

    def plainly(self):
        return self.plain(*self.objects)


def _must_be_free(function) -> None:
    if function.__closure__ is not None:
        raise TypeError(f"{function.__qualname__} holds on to something; that would stay in the kept question.")


def kept_rows(function: Callable, *objects, **fixed) -> QuerySet:
    """The queryset `function(*objects, **fixed)` to read from: its SQL kept, for a member within a request.

    `fixed` is part of what is asked: few different values, such as the length of a list.

    Limits and order belong in the function: what comes back can be read, and neither filtered nor counted further.
    """
    if not getattr(objects[0], "remembers", False):
        return function(*objects, **fixed)
    _must_be_free(function)
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
