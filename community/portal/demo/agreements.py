"""The terms of use and the privacy statement of De Waterhoen: in force, and one version to come.

Most members agreed when they came in; a few have not been here since.
"""

from datetime import timedelta

from django.utils import timezone

from community.portal.demo.cast import Club
from groups.agreements.models import Acceptance, AgreedText, Kind

DAYS_AGO, DAYS_TO_COME = 200, 24
NOT_SEEN_SINCE = slice(80, 89)  # of the invented members: nine who have yet to agree

TERMS = """**Van ons samen**
Deze plek is van RV De Waterhoen, voor leden en gasten van de vereniging. \
Je logt in als jezelf en geeft je wachtwoord aan niemand.

**Wat je hier zet**
Wat je schrijft en welke foto's je deelt, blijft van jou. \
Je deelt niets wat van een ander is zonder dat die het goedvindt.

**Geld**
Een potje is van de groep. De Geldchef beheert het en laat zien wat erin komt en eruit gaat.

**Weggaan**
Je kunt altijd weg. Je neemt je gegevens mee of laat ze wissen."""

TERMS_EN = """**Ours together**
This place belongs to RV De Waterhoen, for members and guests of the club. \
You log in as yourself and give your password to nobody.

**What you put here**
What you write and the photos you share stay yours. You share nothing that is somebody else's without their consent.

**Money**
A pot belongs to its group. The Geldchef looks after it and shows what comes in and what goes out.

**Leaving**
You can always leave. You take your data along or have it erased."""

PRIVACY = """**Waarvoor we gegevens bewaren**
RV De Waterhoen bewaart wat nodig is om lid te zijn: je naam,\
 hoe we je bereiken, in welke groepen je zit en wat je betaalt.

**Wie het ziet**
Leden zien je naam. Wat je verder invult, zien alleen de mensen die jij kiest. \
Het bestuur ziet wat nodig is voor de ledenlijst.

**Hoe lang**
Berichten blijven staan tot de groep of de vereniging een termijn kiest. De boekhouding bewaren we zeven jaar.

**Vragen**
Mail de secretaris of kijk bij "Mijn gegevens en privacy"."""

PRIVACY_EN = """**What we keep data for**
RV De Waterhoen keeps what is needed to be a member: your name,\
 how we reach you, which groups you are in and what you pay.

**Who sees it**
Members see your name. What else you fill in is seen only by the people you choose. \
The board sees what the register needs.

**How long**
Messages stay until the group or the club chooses a term. We keep the books for seven years.

**Questions**
Mail the secretary or look under "My data and privacy"."""


def load(club: Club) -> None:
    first = timezone.localdate() - timedelta(days=DAYS_AGO)
    board = club.people["bestuur"]
    shared = {"version": 1, "takes_effect_on": first, "by": board, "at": club.now - timedelta(days=DAYS_AGO)}
    shared["told_at"] = shared["at"]
    texts = [
        AgreedText.objects.create(kind=Kind.TERMS, text=TERMS, text_en=TERMS_EN, **shared),
        AgreedText.objects.create(kind=Kind.PRIVACY, text=PRIVACY, text_en=PRIVACY_EN, **shared),
    ]
    _agree(club, texts)
    _announce(club, board)


def _agree(club: Club, texts) -> None:
    known = {member.pk for member in club.people.values()}
    late = [member for member in club.members if member.pk not in known][NOT_SEEN_SINCE]
    agreed = [member for member in club.members if member not in late]
    Acceptance.objects.bulk_create(
        Acceptance(
            text=text, member=member, at=text.at + timedelta(days=club.random.randrange(20), minutes=member.pk % 600)
        )
        for member in agreed
        for text in texts
    )


def _announce(club: Club, board) -> None:
    old, new = "Mail de secretaris", "Mail de privacyfunctionaris"
    old_en, new_en = "Mail the secretary", "Mail the privacy officer"
    term = "We wissen chatberichten na twee jaar. De boekhouding bewaren we zeven jaar."
    term_en = "We wipe chat messages after two years. We keep the books for seven years."
    text = PRIVACY.replace(old, new).replace(_line(PRIVACY, "Berichten blijven"), term)
    text_en = PRIVACY_EN.replace(old_en, new_en).replace(_line(PRIVACY_EN, "Messages stay"), term_en)
    told = club.now - timedelta(days=2)
    AgreedText.objects.create(
        kind=Kind.PRIVACY,
        version=2,
        text=text,
        text_en=text_en,
        changes="We wissen chatberichten na twee jaar, en vragen gaan naar de privacyfunctionaris.",
        changes_en="We wipe chat messages after two years, and questions go to the privacy officer.",
        takes_effect_on=timezone.localdate() + timedelta(days=DAYS_TO_COME),
        by=board,
        at=told,
        told_at=told,
    )


def _line(text: str, begin: str) -> str:
    return next(line for line in text.split("\n") if line.startswith(begin))
