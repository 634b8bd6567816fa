"""Half of the messages in one chat, one discussion of five thousand, the rest spread over all groups."""

from datetime import timedelta

from community.portal.full.house import House, in_bulk
from groups.conversations.models import Conversation, Message, ReadPosition

LONG_THREAD = 40  # a fortieth of all messages: 5,000 of 200,000
TEXTS = [
    "Wie neemt de lampen mee op dinsdag?",
    "Ik ben erbij, en ik neem een boot mee uit de loods.",
    "De route langs het meer is dicht; we gaan over de plas.",
    "Dank je wel, dat was een mooie tocht met z'n allen. Volgend jaar weer, met een dag erbij en meer soep onderweg.",
    "Kan iemand mijn beurt van zaterdag overnemen?",
]


def fill(house: House) -> None:
    chats = [_conversation(house, subgroup, Conversation.Kind.CHAT) for subgroup in house.subgroups]
    threads = [
        _conversation(house, subgroup, Conversation.Kind.THREAD, f"Overleg {number + 1}")
        for number in range(house.threads_per_group)
        for subgroup in house.subgroups
    ]
    share = house.messages // 4
    _talk(house, chats[0], house.messages // 2)
    _talk(house, threads[0], max(10, house.messages // LONG_THREAD))
    for chat in chats[1:]:
        _talk(house, chat, max(5, share // len(chats)))
    for thread in threads[1:]:
        _talk(house, thread, max(2, share // len(threads)))
    _read(house, [*chats, *threads[: len(house.subgroups)]])


def _conversation(house: House, subgroup, kind: str, title: str = "") -> Conversation:
    started = house.now - timedelta(days=365)
    return Conversation.objects.create(kind=kind, subgroup=subgroup, title=title, started_at=started)


def _talk(house: House, conversation: Conversation, amount: int) -> None:
    people = house.places_of(house.subgroups.index(conversation.subgroup))
    writers, days = house.random.sample(people, min(60, len(people))), house.random.randint(0, 20)
    step = timedelta(days=345) / amount
    first = house.now - timedelta(days=345 + days)
    in_bulk(
        Message,
        (
            Message(
                conversation=conversation,
                number=number,
                author=writers[number * 7 % len(writers)],
                text=f"{TEXTS[number % len(TEXTS)]} ({number})",
                created_at=first + step * number,
                told_at=first + step * number,
            )
            for number in range(1, amount + 1)
        ),
    )
    conversation.last_number, conversation.last_at = amount, first + step * amount
    conversation.save(update_fields=["last_number", "last_at"])


def _read(house: House, conversations) -> None:
    """Everybody has been in the chat, and in the first discussion of the group, up to some days ago."""
    for conversation in conversations:
        people = house.places_of(house.subgroups.index(conversation.subgroup))
        in_bulk(
            ReadPosition,
            (
                ReadPosition(
                    conversation=conversation,
                    member=member,
                    number=max(0, conversation.last_number - house.random.choice((0, 0, 1, 3, 20))),
                    read_at=house.moment(20),
                )
                for member in people
            ),
        )
