"""Who can be found, what people like and tell, and what waits on the desks: requests, an application, a proposal."""

from datetime import timedelta

from groups.people.models import Application, Audience, Interest, Member, MembershipKind, ProfileField, ProfileValue
from groups.subgroups.models import Arrival, Invitation, JoinRequest, Subgroup
from groups.subgroups.services import appoint_ambassador, ask_to_join, invite_member, propose_subgroup
from groups.subgroups.services.arrivals import note_arrival

INTERESTS = {
    "toertochten": "tochten\nwandelen over water",
    "wedstrijden": "racen",
    "boten repareren": "klussen\nonderhoud",
    "koken": "bakken\ntaart",
    "fotografie": "foto's maken",
    "jeugd begeleiden": "lesgeven\ncoachen",
    "muziek": "zingen",
    "tuinieren": "planten",
}
FIELDS = (
    ("Telefoon", ProfileField.Kind.PHONE, "", Audience.GROUPS, False),
    ("Woonplaats", ProfileField.Kind.TEXT, "", Audience.MEMBERS, True),
    ("Roeibewijs", ProfileField.Kind.CHOICE, "Skiff\nWherry\nStuurman", Audience.MEMBERS, True),
    ("Bij nood bellen", ProfileField.Kind.TEXT, "", Audience.BOARD, False),
)
PLACES = ("Rotterdam", "Rhoon", "Barendrecht", "Zuidplas", "Capelle", "Gouda")


def load(club) -> None:
    _let_be_found(club)
    _tell(club)
    _like(club)
    _ask(club)
    _ambassador(club)


def _let_be_found(club) -> None:
    """Most members said yes to the directory, and some did not."""
    shy = {member.pk for member in club.members if club.random.random() < 0.15}
    shy -= {member.pk for member in club.people.values()}
    Member.objects.filter(pk__in=[member.pk for member in club.members if member.pk not in shy]).update(is_listed=True)


def _tell(club) -> None:
    fields = [
        ProfileField.objects.create(
            name=name, kind=kind, choices=choices, audience=audience, is_searchable=searchable, position=position
        )
        for position, (name, kind, choices, audience, searchable) in enumerate(FIELDS)
    ]
    phone, town, licence, emergency = fields
    values = []
    for number, member in enumerate(club.members):
        values.append(_value(member, town, PLACES[number % len(PLACES)]))
        if number % 3:
            values.append(_value(member, licence, licence.options[number % 3]))
        if number % 2:
            values.append(_value(member, phone, f"06 5550 {number:04d}"))
    values.append(_value(club.people["joost"], emergency, "Mijn zus Karin, 06 5550 9001"))
    ProfileValue.objects.bulk_create(values)


def _ambassador(club) -> None:
    """Hanna brought in four people this year; two of them let her know."""
    link = appoint_ambassador(
        member=club.people["hanna"],
        by=club.people["beheer"],
        kind=MembershipKind.objects.first(),
        valid=timedelta(days=300),
    )
    newcomers = [member for member in club.members if member not in club.people.values()][-4:]
    for number, member in enumerate(newcomers):
        arrival = note_arrival(invitation=link, member=member, is_named=number % 2 == 0)
        Arrival.objects.filter(pk=arrival.pk).update(at=club.now - timedelta(days=20 + 31 * number))
    Invitation.objects.filter(pk=link.pk).update(uses=len(newcomers))


def _value(member, field, text) -> ProfileValue:
    return ProfileValue(member=member, field=field, value=text, audience=field.audience)


def _like(club) -> None:
    interests = [Interest.objects.create(name=name, synonyms=words) for name, words in INTERESTS.items()]
    for member in club.members:
        member.interests.set(club.random.sample(interests, club.random.randint(0, 3)))
    club.people["anneke"].interests.set([interests[0], interests[3]])


def _ask(club) -> None:
    youth = club.subgroups["jeugdroeien-ouders"]
    outside = [member for member in club.members if member.pk not in {each.pk for each in club.in_group(youth.slug)}]
    strangers = [member for member in outside if member not in club.people.values()][:3]
    words = ("Onze dochter begint in maart.", "Ik kan op zaterdag rijden.", "")
    for member, text in zip(strangers, words, strict=True):
        ask_to_join(subgroup=youth, member=member, text=text)
    # Two wait long enough to stand on the list of the week.
    first_two = JoinRequest.objects.filter(subgroup=youth, member__in=strangers[:2])
    first_two.update(created_at=club.now - timedelta(days=5))
    invite_member(
        subgroup=club.subgroups["zomertocht-friesland"],
        member=strangers[0],
        by=club.people["marloes"],
        text="Er is nog één plek in de tweede boot.",
    )
    propose_subgroup(
        by=club.people["lotte"],
        name="Roeien en zingen",
        description="Een koor dat oefent op het water. Iedereen kan meedoen, ook wie niet kan zingen.",
        kind=Subgroup.Kind.INTEREST,
    )
    Application.objects.create(
        email="sanne.vermeulen@voorbeeld.example",
        first_name="Sanne",
        last_name="Vermeulen",
        kind=MembershipKind.objects.first(),
        motivation="Ik woon sinds kort in de buurt en heb in Delft gestuurd. Ik kan op dinsdag en zaterdag.",
        token_hash="demo",
        confirmed_at=club.now,
    )
