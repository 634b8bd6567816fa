"""A present and a party that Thijs is not to know of yet: for everybody else in his crew they are there."""

from datetime import timedelta

from django.db.models import F

from community.portal.demo.cast import Club
from groups.conversations.models import Conversation
from groups.conversations.services import post_message, start_thread
from groups.events.services import plan_event
from groups.people.surprises import keep_surprise

IN = timedelta(days=20)


def load(club: Club) -> None:
    crew, anneke, joost = club.subgroups["ploeg-dinsdagavond"], club.people["anneke"], club.people["joost"]
    thread = start_thread(
        subgroup=crew,
        by=anneke,
        title="Cadeau voor Thijs",
        text="Thijs zorgt al tien jaar voor onze boten. Wat geven we hem? Hij ziet dit gesprek niet tot het feest.",
    )
    post_message(conversation=thread, by=joost, text="Een goede hoofdlamp, dan ziet hij de steiger ook in december.")
    post_message(conversation=thread, by=anneke, text="Goed idee! Ik vraag het na bij de winkel en schiet het voor.")
    _said_yesterday(thread)
    begins = (club.now + IN).replace(hour=19, minute=0, second=0, microsecond=0)
    party = plan_event(
        by=joost,
        subgroup=crew,
        title="Verrassing voor Thijs",
        place="Clubhuis",
        description="Kom een kwartier eerder, dan staan we er allemaal.",
        starts_at=begins,
        ends_at=begins + timedelta(hours=3),
    )
    thijs, until = club.people["thijs"], party.first_day
    keep_surprise(kind="thread", thing=thread, hidden_from=thijs, hidden_until=until, by=anneke)
    keep_surprise(kind="event", thing=party, hidden_from=thijs, hidden_until=until, by=joost)


def _said_yesterday(thread: Conversation) -> None:
    day = timedelta(days=1)
    thread.messages.update(created_at=F("created_at") - day)
    Conversation.objects.filter(pk=thread.pk).update(started_at=F("started_at") - day, last_at=F("last_at") - day)
