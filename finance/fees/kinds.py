"""The notices about fees, and when they no longer matter."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from finance.fees.calendar import ONE_DAY, add_months
from finance.fees.models import Arrangement, CollectionItem, Invoice, Part, Stop
from finance.fees.queries import fee_outlook
from finance.money import format_cents
from groups.people.access import may_for_association
from notifications.kinds import GONE, NoticeKind, Words, register_kind, row_of
from theme.templatetags.theme import long_day


def money(cents: int) -> str:
    return format_cents(cents, get_language() or "nl")


def told_invoices(member):
    """Invoices of which this member is told: own ones, and those of a household or body they are the contact of."""
    return Invoice.objects.filter(payer__member=member) | Invoice.objects.filter(payer__contact=member)


def _invoices(member, contexts) -> list[Invoice | None]:
    """The invoices that notices are about: by id, or the newest of a run that asks something."""
    wanted = Q(pk__in={context["invoice"] for context in contexts if "invoice" in context})
    wanted |= Q(run__in={context["run"] for context in contexts if "run" in context}, total_cents__gt=0)
    found = told_invoices(member).filter(wanted).select_related("payer").order_by("pk")
    by_id, by_run = {each.pk: each for each in found}, {each.run_id: each for each in found if each.total_cents > 0}
    return [
        by_run.get(context["run"]) if "run" in context else by_id.get(context.get("invoice")) for context in contexts
    ]


def _invoice(member, context) -> Invoice | None:
    return row_of(_invoices, member, context)


def _is_open(member, context) -> bool:
    invoice = _invoice(member, context)
    return bool(invoice and invoice.open_cents > 0)


def _invoiced(member, context, count) -> Words:
    invoice = _invoice(member, context)
    if invoice is None:
        return GONE.words(member, context, count)
    details = {"amount": money(invoice.total_cents), "day": long_day(invoice.due_on), "number": invoice.number}
    return Words(
        title=_("Your membership fee: %(amount)s") % details,
        body=_("Invoice %(number)s is ready: %(amount)s. You can pay until %(day)s.") % details,
        path=invoice.get_absolute_url(),
        button=_("View and pay"),
    )


def _received(member, context, count) -> Words:
    invoice = _invoice(member, context)
    if invoice is None:
        return GONE.words(member, context, count)
    details = {"amount": money(context["cents"]), "number": invoice.number}
    return Words(
        title=_("Received: %(amount)s for your membership") % details,
        body=_("Thank you. Your payment of %(amount)s for invoice %(number)s is in.") % details,
        path=invoice.get_absolute_url(),
        button=_("View receipt"),
    )


def _part(member, context) -> Part | None:
    parts = Part.objects.select_related("invoice__payer").filter(pk=context.get("part"))
    return parts.filter(invoice__in=told_invoices(member)).first()


def _part_is_open(member, context) -> bool:
    part = _part(member, context)
    return bool(part and part.open_cents and not part.invoice.arrangements.filter(answered_at__isnull=True).exists())


def _reminder(member, context, count) -> Words:
    part = _part(member, context)
    if part is None:
        return GONE.words(member, context, count)
    details = {"name": member.first_name, "amount": money(part.open_cents), "day": long_day(part.due_on)}
    body = _("Hi %(name)s, %(amount)s of your membership fee is still open. You can pay until %(day)s.")
    ending = _("Already paid? Then you need not do anything.")
    if context.get("days", 0) > 0:
        body = _("Hi %(name)s, %(amount)s of your membership fee is still open. It was meant for %(day)s.")
        ending += " " + _("Is it difficult? Ask for another arrangement; only the treasurer reads that.")
    return Words(
        title=_("Reminder: membership fee, %(amount)s") % details,
        body=f"{body} {ending}" % details,
        path=part.invoice.get_absolute_url(),
        button=_("Pay"),
    )


def _held(member, context, count) -> Words:
    part = Part.objects.select_related("invoice__payer").filter(pk=context["part"]).first()
    if part is None:
        return GONE.words(member, context, count)
    details = {"amount": money(context["cents"]), "payer": part.invoice.payer.name, "number": part.invoice.number}
    return Words(
        title=_("%(amount)s for invoice %(number)s needs a decision") % details,
        body=_("%(amount)s of %(payer)s came in and could not simply be counted.") % details,
        path=reverse("bank-lines"),
        button=_("View"),
    )


def _renewal(member, context, count) -> Words:
    outlook = fee_outlook(member, member.enrolments.select_related("kind"))
    if outlook is None or outlook.next_on is None:
        return GONE.words(member, context, count)
    last_chance = add_months(outlook.next_on, -outlook.plan.notice_months) - ONE_DAY
    details = {
        "kind": outlook.enrolment.kind.name,
        "day": long_day(outlook.next_on),
        "amount": money(outlook.next_cents),
        "until": long_day(last_chance),
    }
    return Words(
        title=_("Your membership goes on from %(day)s: %(amount)s") % details,
        body=_(
            "Your membership (%(kind)s) goes on by itself from %(day)s. The fee is %(amount)s. Do you want to stop? "
            "Then say so before the end of %(until)s."
        )
        % details,
        path=reverse("stop-membership", args=[outlook.enrolment.pk]),
        button=_("Continue or stop"),
    )


def _goes_on(member, context) -> bool:
    return member.enrolments.on().filter(ends_on__isnull=True).exists()


def _asked(member, context, count) -> Words:
    asked = Arrangement.objects.select_related("invoice__payer").get(pk=context["arrangement"])
    details = {"name": asked.invoice.payer.name, "number": asked.invoice.number}
    return Words(
        title=_("%(name)s asks for another arrangement") % details,
        body=f"{asked.get_wish_display()}. {asked.text}".strip(),
        path=reverse("answer-arrangement", args=[asked.pk]),
        button=_("Answer"),
    )


def _answered(member, context, count) -> Words:
    asked = Arrangement.objects.select_related("invoice").get(pk=context["arrangement"])
    title = _("Your question about invoice %(number)s was granted") if asked.is_granted else None
    title = title or _("Your question about invoice %(number)s was answered")
    return Words(
        title=title % {"number": asked.invoice.number},
        body=asked.answer,
        path=asked.invoice.get_absolute_url(),
        button=_("View"),
    )


def _stopped(member, context, count) -> Words:
    stop = Stop.objects.select_related("enrolment__member", "enrolment__kind").get(pk=context["stop"])
    details = {"name": stop.enrolment.member.display_name, "day": long_day(stop.ends_on)}
    return Words(
        title=_("%(name)s stops as a member") % details,
        body=_("The last day is %(day)s.") % details,
        path=reverse("fees-office"),
        button=_("View"),
    )


def _item(member, context) -> CollectionItem | None:
    items = CollectionItem.objects.select_related("batch", "mandate", "part__invoice")
    return items.filter(pk=context.get("item"), part__invoice__in=told_invoices(member)).first()


def _debit_goes_on(member, context) -> bool:
    item = _item(member, context)
    return bool(item and item.dropped_at is None and item.batch.state != "cancelled")


def _debit(member, context, count) -> Words:
    item = _item(member, context)
    if item is None:
        return GONE.words(member, context, count)
    details = {
        "amount": money(item.cents),
        "day": long_day(item.batch.collect_on),
        "account": item.mandate.masked_iban,
        "reference": item.mandate.reference,
        "creditor": item.batch.creditor_id,
    }
    return Words(
        title=_("On %(day)s we collect %(amount)s") % details,
        body=_(
            "Your membership fee of %(amount)s is collected on %(day)s from account %(account)s "
            "(mandate %(reference)s, creditor %(creditor)s). You need not do anything."
        )
        % details,
        path=item.part.invoice.get_absolute_url(),
        button=_("View invoice"),
    )


def _returned(member, context, count) -> Words:
    item = _item(member, context)
    if item is None:
        return GONE.words(member, context, count)
    details = {"amount": money(item.cents), "account": item.mandate.masked_iban}
    return Words(
        title=_("Collecting %(amount)s did not work") % details,
        body=_(
            "The collection of %(amount)s from account %(account)s came back. That can happen. "
            "You can pay it yourself, or fill in another account."
        )
        % details,
        path=item.part.invoice.get_absolute_url(),
        button=_("View and pay"),
    )


def manages_fees(member, context) -> bool:
    return may_for_association(member, "manage_fees")


def _waits(member, context) -> bool:
    waiting = Arrangement.objects.filter(pk=context["arrangement"], answered_at__isnull=True)
    return manages_fees(member, context) and waiting.exists()


for kind in (
    NoticeKind("fee_invoice", gettext_lazy("Invoices for your membership"), "receipt", _invoiced, _is_open,
               optional=False, rows=_invoices),
    NoticeKind("fee_reminder", gettext_lazy("Reminders of your membership fee"), "hand-coins", _reminder,
               _part_is_open, optional=False),
    NoticeKind("fee_received", gettext_lazy("Receipts of your membership fee"), "receipt", _received, rows=_invoices),
    NoticeKind("fee_debit", gettext_lazy("Collections from your account"), "landmark", _debit, _debit_goes_on,
               optional=False),
    NoticeKind("fee_returned", gettext_lazy("Collections that came back"), "undo-2", _returned, optional=False),
    NoticeKind("fee_renewal", gettext_lazy("Renewal of your membership"), "refresh-cw", _renewal, _goes_on,
               optional=False),
    NoticeKind("fee_answered", gettext_lazy("Answers about your membership fee"), "reply", _answered, optional=False),
    NoticeKind("fee_held", gettext_lazy("Fees that need a decision"), "circle-alert", _held, manages_fees),
    NoticeKind("fee_asked", gettext_lazy("Questions about fees"), "reply", _asked, _waits),
    NoticeKind("fee_stopped", gettext_lazy("Members who stop"), "log-out", _stopped, manages_fees),
):  # fmt: skip
    register_kind(kind)
