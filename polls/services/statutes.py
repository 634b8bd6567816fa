"""What the statutes say, as the board answered it."""

from django.db import transaction

from groups.people.history.kept import settings_change
from polls.models import Statutes


@transaction.atomic
def answer_statutes(*, statutes: Statutes, by) -> Statutes:
    """Keep the answers. A meeting that was called already goes by what they were then (Meeting.rules)."""
    with settings_change("statutes", statutes, by=by, act="statutes.answered"):
        statutes.save()
    return statutes
