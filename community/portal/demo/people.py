"""The members of De Waterhoen, their groups and their roles."""

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from community.portal.demo.cast import DOMAIN, PASSWORD, Club
from groups.people.models import AssociationRole, Enrolment, Member, MembershipKind
from groups.people.services import grant_role
from groups.subgroups.models import Membership, Subgroup, SubgroupRole
from groups.subgroups.services import add_member, create_subgroup, grant_subgroup_role

MEMBERS = 182
NAMESAKE = 120

# key: (first name, prefix, last name, part of the e-mail address, member since, text about)
CAST = {
    "anneke": (
        "Anneke",
        "",
        "Visser",
        "anneke",
        2014,
        "Roeit op dinsdag in de vier. Bakt de appeltaart voor de tocht.",
    ),
    "beheer": (
        "Sjoerd",
        "",
        "Hoekstra",
        "beheer",
        2009,
        "Houdt deze plek draaiende. Vragen? Stuur gerust een bericht.",
    ),
    "bestuur": ("Ineke", "", "Kuiper", "bestuur", 2006, "Voorzitter. Op zaterdagochtend meestal op de steiger."),
    "marloes": ("Marloes", "de", "Wit", "marloes", 2012, "Geldchef van de Zomertocht."),
    "penningmeester": (
        "Farid",
        "",
        "Amrani",
        "penningmeester",
        2016,
        "Penningmeester. Bonnetjes graag binnen een week.",
    ),
    "joost": ("Joost", "", "Bakker", "joost", 2015, "Stuurman van Ploeg Dinsdagavond."),
    "thijs": ("Thijs", "", "Smit", "thijs", 2018, "Materiaal is mijn ding."),
    "emine": ("Emine", "", "Yıldız", "emine", 2019, "Coördineert het jeugdroeien."),
    "wouter": ("Wouter", "van der", "Meer", "wouter", 2008, "Kascommissie."),
    "hanna": ("Hanna", "", "Postma", "hanna", 2011, "Wedstrijdsecretaris."),
    "pieter": ("Pieter", "ter", "Horst", "pieter", 2003, "Schrijft voor het clubblad en let op de privacy."),
    "lotte": ("Lotte", "", "de Boer", "lotte", 2020, "Barcommissie, altijd in voor een extra dienst."),
}

# slug: (name, kind, icon, hue, joining, hidden, size, manager, description)
Kind, Join = Subgroup.Kind, Subgroup.JoinPolicy
GROUPS = {
    "zomertocht-friesland": (
        "Zomertocht Friesland", Kind.PROJECT, "waves", "amber", Join.INVITATION, False, 62, "marloes",
        "Alles voor de tocht van 12 t/m 15 juni: route, slaapplekken en geld.",
    ),
    "ploeg-dinsdagavond": (
        "Ploeg Dinsdagavond", Kind.INTEREST, "ship", "blue", Join.REQUEST, False, 24, "joost",
        "Wie roeit wanneer, wie stuurt en wie neemt de lampen mee.",
    ),
    "jeugdroeien-ouders": (
        "Jeugdroeien ouders", Kind.INTEREST, "graduation-cap", "rose", Join.REQUEST, False, 38, "emine",
        "Vervoer, trainingstijden en wedstrijden van de jeugd.",
    ),
    "materiaalcommissie": (
        "Materiaalcommissie", Kind.COMMITTEE, "wrench", "slate", Join.REQUEST, False, 9, "thijs",
        "Onderhoud van boten, riemen en steiger. Meld hier schade.",
    ),
    "wedstrijdroeien": (
        "Wedstrijdroeien", Kind.INTEREST, "trophy", "green", Join.OPEN, False, 31, "hanna",
        "Wedstrijdkalender, inschrijven en trainen voor de Head.",
    ),
    "barcommissie": (
        "Barcommissie", Kind.COMMITTEE, "coffee", "violet", Join.OPEN, False, 17, "lotte",
        "Het rooster van de bar en de inkoop.",
    ),
    "clubblad": (
        "Clubblad De Riem", Kind.EDITORIAL, "newspaper", "teal", Join.OPEN, False, 7, "pieter",
        "De redactie: stukken, foto's en de planning van het blad.",
    ),
    "toerroeien": (
        "Toerroeien", Kind.INTEREST, "anchor", "teal", Join.OPEN, False, 44, "wouter",
        "Dagtochten over de plassen. Iedereen met een roeibewijs kan mee.",
    ),
    "bestuur": (
        "Bestuur", Kind.BOARD, "landmark", "slate", Join.CLOSED, True, 5, "bestuur",
        "Vergaderstukken en besluiten van het bestuur.",
    ),
    "klankbordgroep": (
        "Klankbordgroep", Kind.SOUNDING_BOARD, "messages-square", "violet", Join.INVITATION, False, 12, "beheer",
        "Leden die meedenken over plannen voordat ze naar iedereen gaan.",
    ),
    "nieuwe-leden": (
        "Nieuwe leden", Kind.NETWORK, "handshake", "rose", Join.OPEN, False, 29, "beheer",
        "Welkom. Stel hier elke vraag, ook de gekke.",
    ),
    "afdeling-zuidplas": (
        "Afdeling Zuidplas", Kind.BRANCH, "map-pin", "green", Join.REQUEST, False, 53, "hanna",
        "De leden die vanaf de Zuidplas roeien, met een eigen agenda en potje.",
    ),
}  # fmt: skip

ANNEKES_GROUPS = (
    "zomertocht-friesland", "ploeg-dinsdagavond", "jeugdroeien-ouders", "materiaalcommissie", "wedstrijdroeien",
)  # fmt: skip

FIRST_NAMES = [
    "Aafke",
    "Abel",
    "Ahmet",
    "Anna",
    "Arjen",
    "Bas",
    "Bente",
    "Bilal",
    "Bram",
    "Carlijn",
    "Chris",
    "Daan",
    "Daniëlle",
    "Dirk",
    "Eline",
    "Els",
    "Erik",
    "Esra",
    "Fatima",
    "Femke",
    "Floor",
    "Frank",
    "Gerda",
    "Gijs",
    "Hans",
    "Hugo",
    "Ilse",
    "Ivo",
    "Jan",
    "Jasmijn",
    "Jelle",
    "Johanna",
    "Karin",
    "Kees",
    "Klaas",
    "Laura",
    "Leo",
    "Liesbeth",
    "Luuk",
    "Maaike",
    "Marijke",
    "Mark",
    "Mees",
    "Merel",
    "Milan",
    "Mohamed",
    "Naomi",
    "Niels",
    "Noor",
    "Olaf",
    "Paula",
    "Peter",
    "Petra",
    "Rachid",
    "Remco",
    "Rianne",
    "Roos",
    "Ruben",
    "Sanne",
    "Sara",
    "Siebe",
    "Sietske",
    "Simone",
    "Sofie",
    "Stijn",
    "Tess",
    "Tim",
    "Tineke",
    "Tom",
    "Ties",
    "Vera",
    "Willem",
    "Yara",
    "Yvonne",
    "Zeynep",
]
LAST_NAMES = [
    ("", "Jansen"), ("de", "Vries"), ("", "Mulder"), ("van den", "Berg"), ("", "Dijkstra"), ("van", "Dam"),
    ("", "Bos"), ("", "Prins"), ("", "Verhoeven"), ("van der", "Linden"), ("", "Schouten"), ("", "Aydın"),
    ("", "Peeters"), ("", "Willems"), ("", "Hendriks"), ("de", "Graaf"), ("", "Kok"), ("", "Brouwer"),
    ("", "El Idrissi"), ("van", "Leeuwen"), ("", "Dekker"), ("", "Sluijter"), ("'t", "Hooft"), ("", "Zandstra"),
]  # fmt: skip

ROLES = {
    "beheer": [AssociationRole.COMMUNITY_MANAGER],
    "bestuur": [AssociationRole.BOARD],
    "penningmeester": [AssociationRole.TREASURER, AssociationRole.BOARD],
    "wouter": [AssociationRole.AUDITOR],
    "emine": [AssociationRole.MODERATOR],
    "pieter": [AssociationRole.PRIVACY_OFFICER],
}


def load(club: Club) -> None:
    kinds = _kinds()
    _members(club, kinds)
    for slug, group in GROUPS.items():
        _group(club, slug, *group)
    for key, roles in ROLES.items():
        for role in roles:
            grant_role(member=club.people[key], role=role, by=None, starts_on=date(club.now.year - 1, 1, 1))


def _kinds() -> dict[str, MembershipKind]:
    rows = [("Roeiend lid", True), ("Jeugdlid", False), ("Donateur", False)]
    return {
        name: MembershipKind.objects.create(name=name, may_vote=may_vote, position=position)
        for position, (name, may_vote) in enumerate(rows)
    }


def _members(club: Club, kinds: dict[str, MembershipKind]) -> None:
    password = make_password(PASSWORD)  # once: hashing it for each member would take half a minute
    known = [
        Member(first_name=first, name_prefix=prefix, last_name=last, email=f"{mail}@{DOMAIN}", about=about)
        for first, prefix, last, mail, since, about in CAST.values()
    ]
    others = [_invented(club, number) for number in range(MEMBERS - len(known))]
    for member in [*known, *others]:
        member.password = password
        member.created_at = club.now - timedelta(days=380)
    club.members = Member.objects.bulk_create([*known, *others])
    club.people = dict(zip(CAST, club.members, strict=False))
    EmailAddress.objects.bulk_create(
        EmailAddress(user=member, email=member.email, verified=True, primary=True) for member in club.members
    )
    since = [person[4] for person in CAST.values()]
    Enrolment.objects.bulk_create(
        Enrolment(member=member, kind=_kind(club, kinds, number), starts_on=_start(club, number, since))
        for number, member in enumerate(club.members)
    )


def _invented(club: Club, number: int) -> Member:
    # Two people bear one name, as in every association; all others have their own.
    named_like = 0 if number == NAMESAKE else number
    prefix, last = LAST_NAMES[(named_like * 11) % len(LAST_NAMES)]
    return Member(
        first_name=FIRST_NAMES[(named_like * 7) % len(FIRST_NAMES)],
        name_prefix=prefix,
        last_name=last,
        email=f"lid{number + 1}@{DOMAIN}",
    )


def _kind(club: Club, kinds, number: int) -> MembershipKind:
    if number < len(CAST):
        return kinds["Roeiend lid"]
    return club.random.choices(list(kinds.values()), weights=[80, 12, 8])[0]


def _start(club: Club, number: int, since: list[int]) -> date:
    year = since[number] if number < len(since) else club.random.randint(2001, club.now.year - 1)
    return date(year, club.random.randint(1, 12), 1)


def _group(club: Club, slug, name, kind, icon, hue, policy, hidden, size, manager, description) -> None:
    subgroup = create_subgroup(
        name=name, slug=slug, description=description, kind=kind, icon=icon, hue=hue, join_policy=policy,
        is_hidden=hidden, by=None, manager=club.people[manager],
    )  # fmt: skip
    club.subgroups[slug] = subgroup
    for member in _places(club, slug, size):
        add_member(subgroup=subgroup, member=member)
    if slug == "afdeling-zuidplas":
        helper = club.in_group(slug)[1]
        grant_subgroup_role(subgroup=subgroup, member=helper, role=SubgroupRole.MODERATOR, by=None)
    if slug == "zomertocht-friesland":
        grant_subgroup_role(subgroup=subgroup, member=club.people["marloes"], role=SubgroupRole.GELDCHEF, by=None)
    # A club has a past: nobody joined this very minute.
    Membership.objects.filter(subgroup=subgroup).update(joined_at=club.now - timedelta(days=365))


def _places(club: Club, slug: str, size: int) -> list[Member]:
    """Who is in: the people the story needs, then a fixed draw from the rest."""
    wanted = [club.people["anneke"]] if slug in ANNEKES_GROUPS else []
    if slug == "bestuur":
        return [club.people[key] for key in ("penningmeester", "beheer", "hanna", "pieter")]
    if slug in ("zomertocht-friesland", "ploeg-dinsdagavond"):
        wanted += [club.people[key] for key in ("joost", "marloes", "bestuur", "thijs")]
    rest = club.random.sample(club.members[len(CAST) :], size)
    return [*wanted, *rest][: size - 1]
