"""Why somebody has no ballot, and who may vote, in words."""

from datetime import date

from babel.lists import format_list
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from groups.people.models import Enrolment, MembershipKind
from polls.models import Poll, Suspension
from polls.services.electorate import too_young
from polls.words import day_and_time, day_in_words


def why_not(poll: Poll, member) -> str:
    """The first ground, most specific first, on which this member is not on the list that was drawn up at opening."""
    opened_on = timezone.localdate(poll.opens_at)
    at_opening = Enrolment.objects.on(opened_on).filter(member=member)
    of_association = poll.subgroup_id is None
    if of_association and Suspension.objects.on(opened_on).filter(member=member).exists():
        return gettext("You cannot vote here: your right to vote was suspended when this poll opened.")
    if poll.item_id and at_opening.exists() and not at_opening.filter(kind__may_vote=True).exists():
        return gettext("You cannot vote here: your kind of membership carries no vote at a general meeting.")
    if poll.rules.kinds and at_opening.exists() and not at_opening.filter(kind__in=poll.rules.kinds).exists():
        return gettext("You cannot vote here: this poll is for %(kinds)s.") % {"kinds": kinds_in_words(poll)}
    if poll.rules.from_age and too_young(poll, opened_on).filter(pk=member.pk).exists():
        words = gettext("You cannot vote here: by the statutes members vote from the age of %(age)s.")
        return words % {"age": poll.rules.from_age}
    if poll.rules.record_on and at_opening.exists():
        day = day_in_words(date.fromisoformat(poll.rules.record_on))
        words = gettext("You cannot vote here: only who was a member on %(day)s may, and you joined later.")
        return words % {"day": day}
    words = gettext("You cannot vote here: the list of voters was drawn up on %(moment)s, and you were not on it then.")
    return words % {"moment": day_and_time(poll.opens_at)}


def who_votes(poll: Poll) -> str:
    """Who has a vote, where that is not simply everybody, and how many votes each kind has."""
    parts = []
    if poll.rules.kinds:
        parts.append(gettext("Only for %(kinds)s.") % {"kinds": kinds_in_words(poll)})
    if poll.rules.record_on:
        day = day_in_words(date.fromisoformat(poll.rules.record_on))
        parts.append(gettext("Only who was a member on %(day)s may vote.") % {"day": day})
    if poll.rules.from_age:
        parts.append(gettext("Members vote from the age of %(age)s.") % {"age": poll.rules.from_age})
    if poll.rules.weights:
        names = dict(MembershipKind.objects.values_list("pk", "name"))
        each = [(names.get(int(kind), "–"), votes) for kind, votes in poll.rules.weights.items()]
        parts += [
            ngettext("%(kind)s: %(n)s vote.", "%(kind)s: %(n)s votes.", votes) % {"kind": name, "n": votes}
            for name, votes in each
        ]
    return " ".join(parts)


def kinds_in_words(poll: Poll) -> str:
    names = MembershipKind.objects.filter(pk__in=poll.rules.kinds).values_list("name", flat=True)
    return format_list(list(names), "or", locale=(get_language() or "nl").replace("-", "_"))
