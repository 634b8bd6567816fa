"""A real row for every part of an address that the demo leaves empty, so that a refusal is about the row.

What belongs to a group belongs to the World's group; what belongs to a person is of another member of that group.
A key is the name of the part, or "address:part" where the same word means something else there.
"""

from datetime import UTC, datetime, timedelta

from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile
from django.utils import timezone

from community.pages.models import AnnouncementPage, Approval, Occurrence, Reply
from community.pages.models import Proposal as PageProposal
from community.privacy.models import Breach, DataExport
from finance.bank.models import BankAccount, BankLine, Refund, StatementImport
from finance.fees.models import (
    Arrangement,
    CollectionBatch,
    FeeRun,
    FeeTier,
    Invoice,
    Mandate,
    PayerPlace,
    Stop,
    WriteOff,
)
from finance.ledger.models import Entry
from finance.pots.models import Allocation, Handover, PurposeChange
from finance.providers.models import Chargeback, OnlineRefund, PaymentAttempt
from groups.agreements.models import AgreedText
from groups.conversations.models import Attachment, AutoAnswer, Conversation
from groups.duty.models import Turn, TurnHandover
from groups.events.models import Shift, ShiftPlace, ShiftSwap
from groups.moderation.models import Act, Flag
from groups.people.models import Application, AuditEntry, Guardianship, Member, RegisterImport, SupportAccess
from groups.subgroups.models import GroupImport, Invitation, JoinRequest, Proposal, Removal, RoleOffer, SubgroupRole
from groups.subgroups.services import change_subgroup
from groups.topics.models import Argument, Topic
from notifications.models import Delivery, Notice, PushSubscription
from polls.models import AgendaItem, AgendaQuestion, Meeting, MeetingDocument, Proxy, Suspension
from tests.factories_pages import content_page, document

ATTEMPT = {"provider": "practice", "cents": 10_00, "description": "x", "return_path": "/"}
INVOICE_PAGES = (
    *("fee-invoice", "fee-paper", "fee-online", "fee-parts", "fee-arrangement", "fee-cash", "fee-letter"),
    *("fee-write-off", "fee-refund"),
)
LIBRARY = (
    *("library-page", "propose", "proposal", "page-history", "page-version", "restore-version", "review-page"),
    *("archive-page", "show-page-again"),
)
TOPIC_PAGES = {
    "proposition": ("topic-stance", "topic-argument"),
    "ask": ("topic-over",),
    "question": ("topic-due", "topic-note", "topic-take"),
}
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
UNKNOWN = "00000000-0000-4000-8000-000000000000"


def more_rows(*, group, pot, other, someone, event, message, report, request) -> dict:
    """{part or "address:part": what stands in its place}"""
    return {
        **_money(pot, other, someone, request),
        **_fees(group, other),
        **_meetings(group, other, someone),
        **_people(group, other, someone),
        **_talk(group, other, message, report),
        **_events(event, other, someone),
        **_duty(group, other, someone),
        **_pages(group, other),
        **_history(group, other, someone),
    }


def _history(group, other, someone) -> dict:
    """A change of the group's own settings, and a leave to look along for somebody else."""
    change_subgroup(subgroup=group, by=someone, places=1000)
    entry = AuditEntry.objects.filter(about=f"subgroup:{group.pk}", act="subgroup.changed").first()
    names = ("setting-history", "put-setting-back")
    return {
        **{f"{name}:code": "subgroup" for name in names},
        **{f"{name}:key": str(group.pk) for name in names},
        "entry_id": entry.pk,
        "access_id": _support(other, someone).pk,
        "session_id": UserSession.objects.create(user=other, session_key="x" * 32, ip="127.0.0.1").pk,
        "breach_id": Breach.objects.create(title="x", story="x", discovered_at=LONG_AGO, due_at=timezone.now()).pk,
    }


def _support(member, helper) -> SupportAccess:
    until = timezone.now() + timedelta(hours=1)
    return SupportAccess.objects.create(member=member, helper=helper, minutes=120, until=until)


def _money(pot, other, someone, request) -> dict:
    entry = Entry.objects.order_by("pk").last()
    attempt = PaymentAttempt.objects.create(kind="pot", payable_id=request.pk, **ATTEMPT, member_id=other.pk)
    online_refund = OnlineRefund.objects.create(attempt=attempt, cents=1_00)
    chargeback = Chargeback.objects.create(attempt=attempt, provider_id="chb_1", cents=1_00)
    refund = Refund.objects.create(reference="RF00000001", name="x", cents=1_00, entry=entry)
    change = PurposeChange.objects.create(
        pot=pot, purpose="Iets anders", answer_by=timezone.localdate() + timedelta(days=7), proposed_by_label="x"
    )
    handover = Handover.objects.create(
        pot=pot, from_label="x", to_label="y", bank_cents=0, cash_cents=0, open_cents=0, to=someone
    )
    owed = Entry.objects.order_by("pk").first()
    payback = Refund.objects.create(reference="RF00000002", name="x", cents=1_00, entry=owed, ring=pot.ring)
    row = Allocation.objects.filter(request=request).first()
    allocation = row or Allocation.objects.create(request=request, cents=1_00, way="cash", entry=entry)
    return {
        "key": attempt.key,
        **{f"{name}:key": online_refund.key for name in ("refund-approve", "refund-cancel")},
        **{f"{name}:key": UNKNOWN for name in ("mollie-webhook", "pot-card", "pot-card-picture")},
        "chargeback_id": chargeback.pk,
        "refund_id": refund.pk,
        "payback-cash:refund_id": payback.pk,
        "change_id": change.pk,
        "handover_id": handover.pk,
        "allocation_id": allocation.pk,
        "bank-import-accept:import_id": StatementImport.objects.first().pk,
        "line_id": BankLine.objects.order_by("pk").last().pk,
        "account_id": BankAccount.objects.create(holder="R.V.", iban="NL91ABNA0417164300", sort="savings").pk,
    }


def _fees(group, other) -> dict:
    invoice = Invoice.objects.filter(payer__member=other).first()
    batch = CollectionBatch.objects.create(
        name="Incasso",
        reference="C1",
        bank_account=BankAccount.objects.first(),
        creditor_id="NL00ZZZ000000000000",
        collect_on=timezone.localdate() + timedelta(days=30),
        format="pain.008.001.02",
        made_by_id=other.pk,
        made_by_label="x",
    )
    stop = Stop.objects.create(
        enrolment=other.enrolments.first(), ends_on=timezone.localdate() + timedelta(days=60), asked_by_label="x"
    )
    write_off = WriteOff.objects.create(
        invoice=invoice, cents=1_00, reason="x", proposed_by_id=other.pk, proposed_by_label="x"
    )
    tier, place, mandate = FeeTier.objects.first(), PayerPlace.objects.first(), Mandate.objects.first()
    return {
        **{f"{name}:year": invoice.year for name in INVOICE_PAGES},
        "sequence": invoice.sequence,
        "payer_id": invoice.payer_id,
        "drop-place:payer_id": place.payer_id,
        "place_id": place.pk,
        "plan_id": tier.plan_id,
        "tier_id": tier.pk,
        "mandate_id": mandate.pk,
        "batch_id": batch.pk,
        "stop_id": stop.pk,
        "enrolment_id": stop.enrolment_id,
        "write_off_id": write_off.pk,
        "arrangement_id": Arrangement.objects.first().pk,
        "run_id": FeeRun.objects.order_by("pk").last().pk,
        "fee-condition:slug": group.slug,
        "change-mandate:act": "end",
    }


def _meetings(group, other, someone) -> dict:
    meeting = Meeting.objects.create(title="Ledenvergadering", held_at=timezone.now() + timedelta(days=30))
    item = AgendaItem.objects.create(meeting=meeting, number=1, title="Begroting")
    question = AgendaQuestion.objects.create(item=item, text="Waarom?", asked_by=other)
    file = ContentFile(b"%PDF-1.4 ", name="stuk.pdf")
    paper = MeetingDocument.objects.create(
        meeting=meeting, file=file, name="stuk.pdf", content_type="application/pdf", size=9, added_by=other
    )
    proxy = Proxy.objects.create(meeting=meeting, giver=other, holder=someone)
    suspension = Suspension.objects.create(member=other, reason="x", starts_on=timezone.localdate())
    return {
        "meeting_id": meeting.pk,
        "number": item.number,
        "question_id": question.pk,
        **{f"{name}:document_id": paper.pk for name in ("meeting-document", "meeting-document-remove")},
        "proxy_id": proxy.pk,
        "suspension_id": suspension.pk,
        "kind": "gauge",
    }


def _people(group, other, someone) -> dict:
    other.photo.save("x.webp", ContentFile(b"x"))
    group.picture.save("x.webp", ContentFile(b"x"))
    membership = other.memberships.get(subgroup=group)
    invitation = Invitation.objects.create(
        subgroup=group,
        by=someone,
        email="iemand@elders.example",
        token_hash="x" * 64,
        expires_at=timezone.now() + timedelta(days=7),
    )
    asked = Invitation.objects.create(
        subgroup=group, by=someone, invitee=other, token_hash="y" * 64, expires_at=invitation.expires_at
    )
    offer = RoleOffer.objects.create(membership=membership, role=SubgroupRole.MODERATOR)
    removal = Removal.objects.create(
        member=other, subgroup=group, reason="x", reply_until=timezone.localdate() + timedelta(days=7)
    )
    guardianship = Guardianship.objects.create(guardian=someone, child=other, starts_on=timezone.localdate())
    export = DataExport.objects.create(member=other)
    return {
        "revoke-invitation:invitation_id": invitation.pk,
        **{f"{name}:invitation_id": asked.pk for name in ("my-invitation", "answer-mine")},
        "answer-mine:act": "accept",
        "offer_id": offer.pk,
        "removal_id": removal.pk,
        "guardianship_id": guardianship.pk,
        "decide-request:request_id": JoinRequest.objects.create(subgroup=group, member=stranger_to(group)).pk,
        "decide-proposal:proposal_id": Proposal.objects.create(name="Jeu de boules", description="x", by=other).pk,
        "application_id": Application.objects.first().pk,
        "import_id": RegisterImport.objects.create(name="leden.csv", by=someone).pk,
        "group-import:import_id": GroupImport.objects.create(name="groepen.csv", by=someone).pk,
        "export_id": export.pk,
        "notice_id": Notice.objects.create(member=other, kind="erasure_soon", key="x").pk,
        "delivery_id": Delivery.objects.create(
            member=other, channel="mail", kind="x", key="x", state="sending", claimed_at=LONG_AGO
        ).pk,
        "device_id": PushSubscription.objects.create(member=other, endpoint="https://push.example/1").pk,
        "code": f"subgroup.{group.pk}",
        "privacy-consent:code": "photos",
    }


def stranger_to(group):
    return Member.objects.exclude(memberships__subgroup=group).order_by("-pk").first()


def _talk(group, other, message, report) -> dict:
    topic = Topic.objects.filter(conversation__subgroup=group).first()
    argument = Argument.objects.create(topic=topic, side="for", text="x")
    act = Act.objects.create(report=report, kind="warn", member=other, reason="x")
    attachment = Attachment.objects.create(
        message=message,
        family="image",
        file=ContentFile(b"x", name="x.webp"),
        small=ContentFile(b"x", name="y.webp"),
        name="x.webp",
        content_type="image/webp",
        size=1,
    )
    direct = Conversation.objects.create(kind="direct", circle="x")
    direct.participants.create(member=other)
    return {
        "topic_id": topic.pk,
        **_topics(group),
        "argument_id": argument.pk,
        "act_id": act.pk,
        "attachment_id": attachment.pk,
        "flag_id": Flag.objects.create(author=other, subgroup=group, reactions=5, people=5).pk,
        "guideline_id": AgreedText.objects.create(version=1, text="x", subgroup=group).pk,
        "answer_id": AutoAnswer.objects.create(subgroup=group, trigger="keyword", keywords="sleutel", text="x").pk,
        "direct:conversation_id": direct.pk,
        "new-topic:kind": "suggestion",
        "text_id": _terms().pk,
        "agreed-text:kind": "terms",
        "new-agreement:kind": "terms",
        "agreed-version:kind": "terms",
        "version": 1,
    }


def _terms() -> AgreedText:
    """Announced only, so that it keeps nobody out."""
    day = timezone.localdate() + timedelta(days=9)
    words = dict.fromkeys(("text", "text_en", "changes", "changes_en"), "x")
    return AgreedText.objects.create(kind="terms", version=2, takes_effect_on=day, **words)


def _topics(group) -> dict:
    """What belongs to one kind of discussion is asked of that kind."""
    rows = {}
    for kind, names in TOPIC_PAGES.items():
        thread = Conversation.objects.create(subgroup=group, kind="thread", title=kind)
        due_on = timezone.localdate() + timedelta(days=3) if kind == "question" else None
        topic = Topic.objects.create(conversation=thread, kind=kind, due_on=due_on)
        rows |= {f"{name}:topic_id": topic.pk for name in names}
    rows |= {"surprise:kind": "thread", "surprise:number": thread.pk}
    return rows | {f"{name}:conversation_id": thread.pk for name in ("thread-close", "thread-pin")}


def _events(event, other, someone) -> dict:
    shift = Shift.objects.create(event=event, title="Bar", starts_at=event.starts_at, ends_at=event.ends_at, places=2)
    place = ShiftPlace.objects.create(shift=shift, member=other, number=1)
    swap = ShiftSwap.objects.create(place=place, asked=someone)
    return {
        **{f"{name}:pk": shift.pk for name in ("take-shift", "leave-shift", "swap-shift", "remove-shift")},
        "answer-swap:pk": swap.pk,
    }


def _duty(group, other, someone) -> dict:
    """A turn of one member of the group, asked of another."""
    now = timezone.now()
    turn = Turn.objects.create(subgroup=group, member=other, starts_at=now, ends_at=now + timedelta(days=1))
    asked = TurnHandover.objects.create(turn=turn, giver=other, asked=someone)
    return {
        "turn_id": turn.pk,
        **{f"{name}:handover_id": asked.pk for name in ("keep-turn", "answer-turn")},
        "answer-turn:act": "accept",
    }


def _pages(group, other) -> dict:
    """A page for the group, a document that stands on no page, and what hangs on an announcement."""
    announcement = AnnouncementPage.objects.live().first()
    page = content_page(title="Beleid", slug="beleid", scope="groups")
    page.subgroups.add(group)
    page.save()
    page.save_revision()
    proposal = PageProposal.objects.create(page=page, by=other, base="x", text="y")
    reply = Reply.objects.create(announcement=announcement, member=other, text="x")
    asked = Approval.objects.create(announcement=announcement, asked_by=other)
    paper = document()
    return {
        **{f"{name}:pk": page.pk for name in LIBRARY},
        "proposal:proposal_id": proposal.pk,
        "version_id": page.latest_revision.pk,
        "reply_id": reply.pk,
        "decide-approval:pk": asked.pk,
        "report-thing:kind": "announcement-reply",
        "report-thing:number": reply.pk,
        "skip-occurrence:pk": Occurrence.objects.first().pk,
        "wagtaildocs_serve:document_id": paper.pk,
        "wagtaildocs_serve:document_filename": paper.filename,
    }
