"""What stands in the place of a member, a subgroup or a conversation while a question about it is worked out."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from theme.kept.blanks import Blank, IdsBlank, NotKept, plainly


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
        with plainly():
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
class _Whole:
    place: int

    def __call__(self, objects):
        return objects[self.place]


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


def stand_in(place: int, real, notes: list[Note]):
    """A number is a blank itself."""
    return Blank(_Whole(place)) if isinstance(real, int) else StandIn(place, real, notes)
