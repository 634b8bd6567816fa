"""A year of announcements, one planned, some news and pages, and the public front page of De Waterhoen."""

# ruff: noqa: E501 — the rows are prose

from datetime import timedelta

from django.utils.timezone import localtime

from community.pages.audience import Scope
from community.pages.models import (
    AnnouncementPage,
    Broadcast,
    ContentPage,
    LandingPage,
    NewsIndexPage,
    NewsPage,
    Reading,
)
from community.pages.services import plan_announcement, repeat_announcement, write_announcement
from community.pages.services.library import propose_change
from community.portal.demo.cast import Club

# (days ago, hour, title, text, sender, groups (empty: everyone), share that opened it)
YEAR = [
    (352, 9, "Welkom op onze nieuwe plek", "Vanaf vandaag vind je mededelingen, groepen, polls en potjes van de club "
     "op één plek. Loop er eens doorheen en zet je foto bij je profiel.", "Het bestuur", (), 0.9),
    (318, 19, "IJs op de plas: niet varen", "Er ligt ijs tot aan de brug. Tot nader bericht blijven alle boten binnen.\n\n"
     "De ergometers staan in de zaal klaar.", "Materiaalcommissie", (), 0.94),
    (290, 12, "Algemene ledenvergadering op 18 maart", "De stukken staan klaar. We stemmen over de begroting en over de "
     "nieuwe steiger.\n\n- Inloop met koffie: 19.30 uur\n- Begin: 20.00 uur", "Het bestuur", (), 0.81),
    (262, 10, "Poetsdag: 31 paar handen gevraagd", "Met z'n allen zetten we het botenhuis weer in de lak. Om 9.00 uur "
     "beginnen we, om 13.00 uur is er soep.", "Materiaalcommissie", (), 0.77),
    (231, 8, "De vlotten liggen weer in het water", "Het seizoen kan beginnen. Denk aan het logboek.", "", (), 0.85),
    (204, 20, "Trainingstijden jeugd veranderen", "Vanaf mei trainen de jeugdploegen op woensdag om 17.30 uur.",
     "Emine Yıldız", ("jeugdroeien-ouders",), 0.93),
    (171, 14, "Uitslag: we halen de top tien", "Onze dames-vier werd zevende van de dertig. Een prestatie waar de hele "
     "club trots op mag zijn.", "Wedstrijdcommissie", (), 0.72),
    (139, 9, "Bar dicht in de bouwvak", "Van 20 juli tot en met 9 augustus is de bar dicht. Water en koffie pak je zelf.",
     "Barcommissie", (), 0.69),
    (98, 11, "Nieuwe regels voor het varen in het donker", "Wie na zonsondergang vaart, voert een wit rondom schijnend "
     "licht en draagt een reddingsvest. Deze regel geldt voor iedereen, ook voor ervaren ploegen.", "Het bestuur", (), 0.83),
    (61, 16, "Contributie 2027 blijft gelijk", "De ledenvergadering heeft besloten de contributie niet te verhogen.",
     "Penningmeester", (), 0.8),
    (27, 13, "Voorbespreking Zomertocht", "Op donderdag 4 december kiezen we de route. Kom je niet? Geef je mening dan "
     "in de groep.", "Marloes de Wit", ("zomertocht-friesland",), 0.88),
    (9, 18, "Wie helpt op de open dag?", "We zoeken nog acht mensen voor de open dag op 14 maart.\n\n- Ontvangst\n- "
     "Instappen met nieuwe roeiers\n- Koffie en taart", "Het bestuur", (), 0.61),
]  # fmt: skip

PAGES = [
    ("Over ons", "over-ons", Scope.PUBLIC, "Roeien op de plassen sinds 1904.", "De Waterhoen is een vereniging van ruim "
     "honderdtachtig leden. We toeren, trainen en varen wedstrijden, en we doen het meeste zelf.\n\nWil je een keer "
     "meeroeien? Kom op een zaterdagochtend langs bij het clubhuis."),
    ("Huisregels", "huisregels", Scope.EVERYONE, "Zo houden we het botenhuis en elkaar heel.", "- Schrijf elke tocht in "
     "het logboek.\n- Maak de boot na afloop schoon en droog.\n- Meld schade dezelfde dag bij de Materiaalcommissie.\n- "
     "Wie het laatst weggaat, sluit af."),
    ("Handboek stuurlieden", "handboek-stuurlieden", Scope.EVERYONE, "Vaarregels op de plas en in de sluis.",
     "Stuurboord gaat voor. In de sluis houd je de riemen binnen boord en volg je de aanwijzingen van de sluiswachter."),
    ("Ledenkorting", "ledenkorting", Scope.EVERYONE, "Voor wie de contributie heeft betaald.",
     "Bij Watersport De Plas krijg je tien procent korting op kleding en riemen. Laat deze pagina zien bij de kassa."),
]  # fmt: skip

# Days from now on which the owner looks at a page again; one is late.
REVIEW = {"huisregels": 120, "handboek-stuurlieden": -12, "ledenkorting": 200}
FOR_WHO_PAID = {"ledenkorting"}

NEWS = [
    (4, "Nieuwe skiff gedoopt", "De ‘Anna van 1904’ ligt in het water.", "Ineke doopte zaterdag onze nieuwe skiff. Wie "
     "erin wil varen, vraagt eerst een proefles aan bij Thijs."),
    (12, "Winterstalling op de Zuidplas open", "Er zijn nog vier plekken in de loods.", "Wie vanaf de Zuidplas roeit, kan "
     "de boot tot half maart in de loods leggen. Geef je op bij Hanna.", "afdeling-zuidplas"),
    (33, "Clubblad De Riem: wintereditie", "Met de uitslagen, de puzzel en een recept voor snert.", "Het blad ligt in "
     "het clubhuis. Stukken voor het volgende nummer kunnen tot half januari naar de redactie."),
]  # fmt: skip


def load(club: Club) -> None:
    _front_page(club)
    for row in YEAR:
        _past(club, *row)
    _latest(club)
    _planned(club)
    _news(club)


def _front_page(club: Club) -> None:
    landing = LandingPage.objects.get()
    landing.title, landing.intro = "Roeivereniging De Waterhoen", "Roeien op de plassen, voor iedereen van 10 tot 90."
    landing.body = [
        ("message", "Bij De Waterhoen roei je in je eigen tempo: toeren over de plas, trainen met een ploeg of meedoen "
         "aan wedstrijden. Nieuwe roeiers krijgen acht lessen van onze instructeurs."),
        ("quote", {"text": "Na één ochtend op het water was ik verkocht.", "source": "Lotte, lid sinds 2020"}),
    ]  # fmt: skip
    landing.save_revision().publish()
    for title, slug, scope, intro, text in PAGES:
        page = ContentPage(title=title, slug=slug, scope=scope, intro=intro, body=[("message", text)])
        page.needs_paid_fee = slug in FOR_WHO_PAID
        page.owner, page.is_open = club.people["bestuur"], scope != Scope.PUBLIC
        if page.is_open:
            page.review_on = (club.now + timedelta(days=REVIEW[slug])).date()
        landing.add_child(instance=page)
        page.save_revision(user=page.owner).publish()
        if slug == "huisregels":
            propose_change(
                page=ContentPage.objects.get(pk=page.pk), by=club.people["anneke"], note="Dat vraagt iedereen.",
                text=f"{text}\n\nDe sleutel van het hek hangt achter de bar.",
            )  # fmt: skip


def _past(club: Club, days, hour, title, text, sender, groups, share) -> None:
    at = (localtime(club.now) - timedelta(days=days)).replace(hour=hour, minute=(days * 7) % 60, second=0)
    announcement = _written(club, title, text, sender, groups)
    _as_sent_at(club, announcement, at, share)


def _written(club: Club, title, text, sender, groups, **fields) -> AnnouncementPage:
    return write_announcement(
        by=club.people["beheer"],
        title=title,
        text=text,
        sender=sender,
        scope=Scope.GROUPS if groups else Scope.EVERYONE,
        subgroups=[club.subgroups[slug] for slug in groups],
        **fields,
    )


def _as_sent_at(club: Club, announcement: AnnouncementPage, at, share: float) -> None:
    """Published long ago and told by then: nobody in the demo gets a mail about last spring."""
    people = list(announcement.audience.members().order_by("pk").values_list("pk", flat=True))
    Broadcast.objects.create(
        announcement=announcement, started_at=at, finished_at=at, told=len(people), expected=len(people),
        after_member=people[-1],
    )  # fmt: skip
    announcement.latest_revision.publish()
    AnnouncementPage.objects.filter(pk=announcement.pk).update(first_published_at=at, last_published_at=at)
    readers, anneke = set(club.random.sample(people, int(share * len(people)))), {club.people["anneke"].pk}
    # Anneke is up to date but for the last days, so that who tries the demo finds something unread.
    readers = readers - anneke if (club.now - at).days < 5 else (readers | anneke) & set(people)
    until_now = int((club.now - at).total_seconds() // 60)
    Reading.objects.bulk_create(
        Reading(announcement=announcement, member_id=pk, seen_at=at + timedelta(minutes=minutes))
        for pk in sorted(readers)
        if (minutes := min(club.random.randint(3, 4000), until_now)) >= 0
    )


def _latest(club: Club) -> None:
    """This morning, unread by Anneke; and a rule that everybody is asked to confirm."""
    rule = _written(
        club, "Sleutelplan botenhuis: graag bevestigen",
        "Vanaf 1 december heeft het botenhuis een nieuw slot. De oude sleutel werkt dan niet meer.\n\nHaal je nieuwe "
        "sleutel op een zaterdagochtend bij Thijs en laat hier weten dat je dit hebt gelezen.",
        "Het bestuur", (), acknowledge_by=(club.now + timedelta(days=8)).date(),
        pinned_until=(club.now + timedelta(days=8)).date(),
    )  # fmt: skip
    _as_sent_at(club, rule, club.now - timedelta(days=3), 0.55)
    readings = list(rule.readings.order_by("pk"))
    for reading in readings[: int(len(readings) * 0.8)]:
        reading.acknowledged_at = reading.seen_at + timedelta(minutes=1)
    Reading.objects.bulk_update(readings, ["acknowledged_at"])
    closed = _written(
        club, "Botenhuis zaterdag dicht",
        "De vloer wordt geschuurd. Je kunt 29 november niet het water op.\n\nZondag is alles weer droog en open.",
        "Het bestuur", (),
    )  # fmt: skip
    _as_sent_at(club, closed, club.now - timedelta(hours=2), 0.31)


def _planned(club: Club) -> None:
    planned = _written(
        club, "Nieuwsbrief december", "Met de wintertraining, de kerstborrel en het verslag van de ledenvergadering.",
        "Het bestuur", (),
    )  # fmt: skip
    monday = (localtime(club.now) + timedelta(days=7 - club.now.weekday())).replace(
        hour=9, minute=0, second=0, microsecond=0
    )
    plan_announcement(announcement=planned, by=club.people["beheer"], at=monday)
    repeated = _written(
        club, "Denk aan het logboek", "Schrijf elke tocht op, ook de korte. Zo weten we wie er op het water is.",
        "Materiaalcommissie", (),
    )  # fmt: skip
    repeat_announcement(
        announcement=repeated, by=club.people["beheer"], rhythm="monthly", first_at=monday + timedelta(days=9)
    )
    _written(club, "Kerstborrel", "Op 19 december vanaf 16.00 uur. Neem iets lekkers mee.", "Barcommissie", ())


def _news(club: Club) -> None:
    section = NewsIndexPage.objects.get()
    for days, title, intro, text, *about in NEWS:
        day = (club.now - timedelta(days=days)).date()
        page = NewsPage(title=title, day=day, intro=intro, body=[("message", text)], owner=club.people["pieter"])
        section.add_child(instance=page)
        page.subgroups.set([club.subgroups[slug] for slug in about])
        page.save_revision(user=club.people["pieter"]).publish()
