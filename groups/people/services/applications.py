"""The online application: confirm the address, then the board decides, and only then there is an account."""

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext, override

from groups.people.access import members_with_right
from groups.people.audit import record
from groups.people.errors import ApplicationDecided, ApplicationGone
from groups.people.letters import write_letter
from groups.people.models import Application, Member, MembershipKind
from groups.people.services.belonging import enrol
from notifications.services import notify

TO_CONFIRM = timedelta(days=3)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def apply(
    *, email: str, first_name: str, last_name: str, kind: MembershipKind, name_prefix: str = "", motivation: str = ""
) -> None:
    """Ask to belong to the association. The answer is the same whether or not the address is known here."""
    email = email.lower()
    if Member.objects.filter(email=email).exists():
        write_letter(
            email=email,
            subject=gettext("You have an account already"),
            body=gettext("Somebody asked to join with this address. You are with us already, so you can log in."),
            path="/account/login/",
            button=gettext("Log in"),
        )
        return
    token = secrets.token_urlsafe(24)
    Application.objects.create(
        email=email,
        first_name=first_name,
        name_prefix=name_prefix,
        last_name=last_name,
        kind=kind,
        motivation=motivation,
        language=(get_language() or "nl")[:2],
        token_hash=token_hash(token),
    )
    write_letter(
        email=email,
        subject=gettext("Confirm your address"),
        body=gettext("Thank you for your application. Confirm that this is your address; then the board looks at it."),
        path=f"/apply/{token}/",
        button=gettext("Confirm my address"),
    )


@transaction.atomic
def confirm_application(*, token: str) -> Application:
    """The applicant holds the letter, so the address is theirs. Raises ApplicationGone after three days."""
    application = (
        Application.objects.select_for_update(of=("self",))
        .filter(token_hash=token_hash(token), decided_at__isnull=True, created_at__gt=timezone.now() - TO_CONFIRM)
        .first()
    )
    if application is None:
        raise ApplicationGone
    if application.confirmed_at:
        return application
    try:
        with transaction.atomic():
            Application.objects.filter(pk=application.pk).update(confirmed_at=timezone.now())
    except IntegrityError as error:  # an earlier application of the same address already waits
        raise ApplicationGone from error
    deciders = members_with_right("decide_applications").values_list("pk", flat=True)
    key = f"application:{application.pk}"
    notify(member_ids=deciders, kind="application", key=key, context={"application": application.pk})
    return application


@transaction.atomic
def decide_application(*, application: Application, by: Member, accept: bool, answer: str = "") -> Application:
    """Make the account and the enrolment, or say no with the reason. Raises ApplicationDecided for the second one."""
    application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if application.decided_at or not application.confirmed_at:
        raise ApplicationDecided
    application.decided_at, application.decided_by = timezone.now(), by
    application.is_accepted, application.answer = accept, answer
    if accept:
        application.member = _account(application, by)
    application.save()
    record(by=by, act="application.accepted" if accept else "application.declined", about=application)
    with override(application.language):
        _write_answer(application)
    return application


def _account(application: Application, by: Member) -> Member:
    member = Member.objects.filter(email=application.email).first()
    if member is None:
        member = Member(
            email=application.email,
            first_name=application.first_name,
            name_prefix=application.name_prefix,
            last_name=application.last_name,
            language=application.language,
            welcome_step=1,
        )
        member.set_unusable_password()
        member.save()
    EmailAddress.objects.get_or_create(user=member, email=member.email, defaults={"verified": True, "primary": True})
    enrol(member=member, kind=application.kind, by=by)
    return member


def _write_answer(application: Application) -> None:
    if application.is_accepted:
        write_letter(
            email=application.email,
            subject=gettext("Welcome, you are a member"),
            body=application.answer
            or gettext("The board has said yes. Log in with a code that we mail to you; then choose a password."),
            path="/account/login/code/",
            button=gettext("Log in"),
            language=application.language,
        )
        return
    write_letter(
        email=application.email,
        subject=gettext("About your application"),
        body=application.answer or gettext("The board has decided not to accept your application."),
        language=application.language,
    )
