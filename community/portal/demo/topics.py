"""Discussions of a kind: a proposition with arguments, suggestions in several states, asks, an offer, questions."""

from datetime import timedelta

from django.utils import timezone

from community.portal.demo.cast import Club
from groups.conversations.models import AutoAnswer, Conversation, Message, ReadPosition, StatusText, TalkRules
from groups.people.models import Interest
from groups.topics.models import Backing, Helper, Second, Stance, Topic

ROWING = "ploeg-dinsdagavond"
TRIP = "zomertocht-friesland"
PARENTS = "jeugdroeien-ouders"


def load(club: Club) -> None:
    _proposition(club)
    _suggestions(club)
    _asks(club)
    _questions(club)
    _answers(club)
    until = timezone.localtime(club.now).replace(hour=0, minute=0) + timedelta(days=4)
    StatusText.objects.create(member=club.people["thijs"], text="Tot donderdag in Zweden", ends_at=until)


def _topic(club: Club, slug: str, kind: str, days: int, who: str, title: str, lines: list[str], **fields) -> Topic:
    """A topic of so many days ago with its messages; a line is “who: text”, the first one is the starter's."""
    begun = club.now - timedelta(days=days, hours=2)
    thread = Conversation.objects.create(
        kind=Conversation.Kind.THREAD,
        subgroup=club.subgroups[slug],
        title=title,
        started_by=club.people[who],
        started_at=begun,
    )
    spoken = [(who, lines[0]), *((name, text) for name, _, text in (line.partition(": ") for line in lines[1:]))]
    for number, (name, text) in enumerate(spoken, start=1):
        at = min(begun + timedelta(hours=3 * (number - 1)), club.now)
        Message.objects.create(
            conversation=thread, number=number, author=club.people[name], text=text, created_at=at, told_at=at
        )
    thread.last_number, thread.last_at = len(spoken), min(begun + timedelta(hours=3 * (len(spoken) - 1)), club.now)
    thread.save()
    ReadPosition.objects.bulk_create(
        ReadPosition(conversation=thread, member=member, number=thread.last_number) for member in club.in_group(slug)
    )
    topic = Topic.objects.create(conversation=thread, kind=kind, **fields)
    topic.changes.create(state="open", by=club.people[who], at=begun)
    return topic


def _step(club: Club, topic: Topic, state: str, days: int, who: str = "joost", reason: str = "") -> None:
    at = club.now - timedelta(days=days)
    topic.changes.create(state=state, by=club.people[who], reason=reason, at=at)
    Topic.objects.filter(pk=topic.pk).update(state=state, state_at=at)


def _proposition(club: Club) -> None:
    topic = _topic(
        club, ROWING, "proposition", 4, "joost", "Voortaan twee keer per week trainen",
        ["Dinsdag blijft, en donderdag komt erbij. Wat vinden jullie?", "anneke: Donderdag kan ik om de week."],
        closes_on=timezone.localdate() + timedelta(days=9),
    )  # fmt: skip
    crew = club.in_group(ROWING)
    Stance.objects.bulk_create(
        Stance(topic=topic, member=member, value=club.random.choice([1, 2, 3, 4, 4, 5, 5])) for member in crew[:23]
    )
    arguments = [
        ("for", "joost", "Met twee keer per week halen we de wedstrijd in mei", 9),
        ("for", "thijs", "Donderdag is het rustig op het water", 4),
        ("against", "anneke", "Voor wie kinderen heeft is twee avonden veel", 7),
    ]
    for side, who, text, support in arguments:
        argument = topic.arguments.create(side=side, text=text, by=club.people[who])
        Backing.objects.bulk_create(Backing(argument=argument, member=member) for member in crew[3 : 3 + support])


def _suggestions(club: Club) -> None:
    planned = _topic(
        club, ROWING, "suggestion", 20, "anneke", "Een bankje bij de steiger",
        ["Dan kun je je schoenen aantrekken zonder te hinkelen."],
    )  # fmt: skip
    _step(club, planned, "planned", 11, reason="Thijs timmert het in het voorjaar.")
    declined = _topic(
        club, ROWING, "suggestion", 33, "thijs", "Muziek op de werf",
        ["Een luidspreker onder het afdak, zachtjes aan."],
    )  # fmt: skip
    _step(club, declined, "declined", 29, reason="De buren wonen op twintig meter. In het clubhuis mag het.")
    fresh = _topic(
        club, TRIP, "suggestion", 2, "joost", "Een rustdag halverwege", ["Op dag drie niet varen maar zwemmen."]
    )
    for topic, slug, number in ((planned, ROWING, 12), (declined, ROWING, 5), (fresh, TRIP, 8)):
        others = [member for member in club.in_group(slug) if member != topic.conversation.started_by]
        Second.objects.bulk_create(Second(topic=topic, member=member) for member in others[:number])


def _asks(club: Club) -> None:
    repair, _ = Interest.objects.get_or_create(name="Klussen")
    ask = _topic(
        club, TRIP, "ask", 1, "marloes", "Wie kan een imperiaal lassen?",
        ["De steun van de bootwagen is gescheurd. Het is een uurtje werk."],
        interest=repair,
    )  # fmt: skip
    Second.objects.create(topic=ask, member=club.people["thijs"])
    _topic(
        club, ROWING, "offer", 6, "anneke", "Roeibroek maat M, nauwelijks gedragen",
        ["Ophalen op dinsdagavond. Een taart terug mag."],
    )  # fmt: skip
    _topic(club, PARENTS, "ask", 3, "emine", "Twee paar regenlaarzen maat 34", ["Voor zaterdag, lenen is genoeg."])
    _topic(
        club, TRIP, "feedback", 2, "anneke", "Mijn paklijst voor de tocht",
        ["Wat mist er, en wat kan thuisblijven?", "marloes: Fijn dat er een regel voor eten in staat. Laars kan eraf."],
    )  # fmt: skip
    for who in ("thijs", "anneke"):
        Helper.objects.create(member=club.people[who])
        repair.members.add(club.people[who])


def _questions(club: Club) -> None:
    today = timezone.localdate()
    _topic(
        club, ROWING, "question", 1, "anneke", "Mag mijn zoon een keer mee in de dubbel?",
        ["Hij is vijftien en heeft zijn zwemdiploma's."],
        due_on=today + timedelta(days=4),
    )  # fmt: skip
    late = _topic(
        club, TRIP, "question", 8, "thijs", "Zijn wij verzekerd op het IJsselmeer?",
        ["In de polis staat iets over binnenwater."],
        due_on=today - timedelta(days=3),
        owner=club.people["bestuur"],
    )  # fmt: skip
    late.notes.create(by=club.people["bestuur"], text="Makelaar gebeld, die zoekt het uit voor vrijdag.")
    done = _topic(
        club, ROWING, "question", 14, "thijs", "Welke vlag hangt er bij storm?",
        ["Ik zag een rode en een zwarte.", "joost: Rood is: niet uitvaren. Zwart hing er voor de begrafenis van Kees."],
        due_on=today - timedelta(days=9),
    )  # fmt: skip
    _step(club, done, "answered", 13)
    answer = done.conversation.messages.get(number=2)
    Conversation.objects.filter(pk=done.conversation_id).update(answer=answer)


def _answers(club: Club) -> None:
    parents = club.subgroups[PARENTS]
    TalkRules.objects.update_or_create(
        subgroup=parents,
        defaults={"answers_from": "09:00", "answers_until": "18:00", "answers_at_weekends": True, "answer_days": 2},
    )
    for trigger, words, text in (
        ("hours", "", "Emine en de andere begeleiders lezen je bericht, maar niet meteen."),
        ("keyword", "ziek, afmelden", "Afmelden kan bij de training in de Agenda. Dan weet de begeleider het meteen."),
        ("first", "", "Welkom! Vragen over de training horen hier, grotere onderwerpen bij Gesprekken."),
    ):
        AutoAnswer.objects.create(subgroup=parents, trigger=trigger, keywords=words, text=text)
