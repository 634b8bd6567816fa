"""A year of talk in the twelve groups: chats, discussions, and how far everybody has read."""

from datetime import timedelta

from django.utils import timezone

from community.portal.demo.cast import Club
from community.portal.demo.talk_texts import CHAT, THREADS
from groups.conversations.models import Conversation, Message, ReadPosition

UNREAD_FOR_ANNEKE = {"ploeg-dinsdagavond": 5, "zomertocht-friesland": 3, "jeugdroeien-ouders": 0}


def load(club: Club) -> None:
    for slug, subgroup in club.subgroups.items():
        extras = _extras(club, slug)
        chat = Conversation.objects.create(
            kind=Conversation.Kind.CHAT, subgroup=subgroup, started_at=club.now - timedelta(days=360)
        )
        _say(club, chat, [line for episode in CHAT.get(slug, []) for line in _dated(club, *episode)], extras)
        for days, title, lines in THREADS.get(slug, []):
            _thread(club, subgroup, days, title, lines, extras)
    _read(club)


def _extras(club: Club, slug: str) -> dict:
    """The members behind the letters: people of the group who have no part of their own in the story."""
    known = {member.pk for member in club.people.values()}
    others = [member for member in club.in_group(slug) if member.pk not in known]
    return {**club.people, **dict(zip("ABCD", [*others, *club.in_group(slug)], strict=False))}


def _dated(club: Club, days: int, hour: int, lines: list[str]):
    """Each line with its moment. Episodes of today are counted in hours before now, so that they are never ahead."""
    if days:
        moment = (timezone.localtime(club.now) - timedelta(days=days)).replace(
            hour=hour, minute=club.random.randint(0, 40), second=0
        )
    else:
        moment = club.now - timedelta(hours=hour)
    for line in lines:
        moment += timedelta(minutes=club.random.randint(1, 6), seconds=club.random.randint(0, 59))
        yield min(moment, club.now), line


def _thread(club: Club, subgroup, days: int, title: str, lines: list[str], extras: dict) -> None:
    spread = []
    moment = (club.now - timedelta(days=days)).replace(hour=19, minute=12)
    for line in lines:
        spread.append((min(moment, club.now - timedelta(minutes=9)), line))
        moment += timedelta(hours=club.random.randint(1, 14), minutes=club.random.randint(0, 59))
    starter = extras[lines[0].partition(":")[0]]
    thread = Conversation.objects.create(
        kind=Conversation.Kind.THREAD, subgroup=subgroup, title=title, started_by=starter, started_at=spread[0][0]
    )
    _say(club, thread, spread, extras)


def _say(club: Club, conversation: Conversation, spoken: list, extras: dict) -> None:
    spoken.sort(key=lambda line: line[0])
    messages = []
    for number, (moment, line) in enumerate(spoken, start=1):
        who, _, text = line.partition(": ")
        author = extras[who.partition("@")[0]]
        messages.append(
            Message(
                conversation=conversation, number=number, author=author, text=text, created_at=moment, told_at=moment
            )
        )
    made = Message.objects.bulk_create(messages)
    _quote(made, spoken)
    conversation.last_number, conversation.last_at = len(made), made[-1].created_at
    conversation.save()


def _quote(made: list[Message], spoken: list) -> None:
    """“who@2” quotes the line two before."""
    for place, (_, line) in enumerate(spoken):
        _, at, back = line.partition(": ")[0].partition("@")
        if at and place:
            made[place].quotes = made[max(0, place - int(back))]
            made[place].save(update_fields=["quotes"])


def _read(club: Club) -> None:
    """Everybody is up to date but for the last days; Anneke has something new in her groups."""
    positions = []
    for conversation in Conversation.objects.select_related("subgroup"):
        slug = conversation.subgroup.slug
        is_chat = conversation.kind == Conversation.Kind.CHAT
        for member in club.in_group(slug):
            behind = club.random.choice([0, 0, 0, 1, 2])
            if member == club.people["anneke"]:
                behind = UNREAD_FOR_ANNEKE.get(slug, 0) if is_chat else (3 if "bootwagen" in conversation.title else 0)
            number = max(0, conversation.last_number - behind)
            positions.append(ReadPosition(conversation=conversation, member=member, number=number, read_at=club.now))
    ReadPosition.objects.bulk_create(positions, batch_size=1000)
    written = Message.objects.filter(conversation__kind=Conversation.Kind.THREAD).values("conversation", "author")
    for row in written.distinct():
        ReadPosition.objects.filter(conversation=row["conversation"], member=row["author"]).update(is_following=True)
