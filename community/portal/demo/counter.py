"""The counter of De Waterhoen: what members can ask for, one request that waits and one that was answered."""

from datetime import timedelta

from community.portal.demo.cast import Club
from groups.counter.models import ServiceRequest
from groups.counter.services import answer_request, ask_service, keep_service


def load(club: Club) -> None:
    board, anneke = club.people["bestuur"], club.people["anneke"]
    key = keep_service(
        by=board, title="Sleutel van het hek", question="Waarvoor heb je de sleutel nodig, en tot wanneer?",
        description="Voor wie buiten de openingstijden roeit. Je leent hem voor een seizoen.", keeper=board,
        answer_days=2,
    )  # fmt: skip
    storage = keep_service(
        by=board, title="Eigen boot stallen", question="Welke boot, en hoe lang is hij?",
        description="Er zijn twaalf plekken in het botenhuis. Wie het langst wacht gaat voor.",
    )  # fmt: skip
    keep_service(
        by=board, title="Verklaring voor je werkgever", question="Voor wie is de verklaring?", needs_paid_fee=True,
        description="Een briefje dat je lid bent, voor een regeling op je werk.",
    )  # fmt: skip
    asked = ask_service(service=key, member=anneke, text="Voor de vroege ploeg op dinsdag, tot eind maart.")
    answer_request(request=asked, by=board, state="done", note="Hij ligt voor je klaar achter de bar.")
    waiting = ask_service(service=storage, member=club.people["thijs"], text="Een skiff van 8,20 meter.")
    moment = club.now - timedelta(days=7)
    ServiceRequest.objects.filter(pk=waiting.pk).update(asked_at=moment, due_on=(moment + timedelta(days=5)).date())
    waiting.steps.update(at=moment)
    ask_service(service=key, member=club.people["lotte"], text="Om de bar open te doen op zondagochtend.")
