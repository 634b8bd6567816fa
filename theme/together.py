"""Small questions of many rooms, asked in one query: how many, and is there any."""

from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce


class Together:
    """The small questions of one page. The first one that is read has all that were put so far asked in one query."""

    def __init__(self, member):
        self._member, self._waiting, self._answers = member, {}, {}

    def count(self, key: str, rows: QuerySet) -> None:
        """Put the question how many rows there are, to be read later as `[key]`."""
        in_one = rows.order_by().annotate(together=Value(1)).values("together")
        self._waiting[key] = Coalesce(Subquery(in_one.annotate(number=Count("pk")).values("number")), 0)

    def any(self, key: str, rows: QuerySet) -> None:
        """Put the question whether there is a row, to be read later as `[key]`."""
        self._waiting[key] = Exists(rows)

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
        self._answers |= dict(zip(names.values(), row, strict=True))
        self._waiting = {}


def together(request) -> Together:
    """The questions of the page that is being made; its visitor is logged in."""
    if not hasattr(request, "_together"):
        request._together = Together(request.user)
    return request._together
