"""Pots: the lists, the page of one, opening one and asking."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from finance.bank.queries import bank_proof
from finance.pots.access import (
    active_roles_of,
    looks_after,
    looks_after_with,
    may_agree,
    may_open_pot,
    my_purpose_answers,
    my_requests,
    stands_in,
    visible_pots,
    visible_statements,
)
from finance.pots.forms import AskForm, OpenPotForm
from finance.pots.kinds import ASKED
from finance.pots.models import PotRole
from finance.pots.queries import (
    answers_to,
    movements,
    names_of_payers,
    open_change,
    pledged,
    pot_balance,
    pot_totals,
    totals_read,
    with_changes,
    with_totals,
)
from finance.pots.ready_made import TEMPLATES, initial
from finance.pots.services import ask, open_pot
from finance.pots.share_cards import share_url
from groups.people.access import may_for_association
from groups.subgroups.access import (
    entered_or_404,
    holds_right_somewhere,
    readable_or_404,
    subgroups_with_right,
    with_module,
)
from groups.subgroups.pages import subgroup_context
from notifications.budget import forecast
from theme.responses import form_accepts, page_or_partial

PER_PAGE = 30


@require_safe
def pot_list(request):
    """Open requests of the member first, then the pots of their groups."""
    mine = list(my_requests(request.user).open().filter(pot__status__in=["open", "paused"]))
    page = _page(request, visible_pots(request.user))
    context = {"mine": mine, "page": page, "rows": _rows(page), "may_open": _may_open_somewhere(request.user)}
    return page_or_partial(request, "pots/pot_list.html", context, partials={"pot-rows"})


@require_safe
def subgroup_pots(request, slug):
    subgroup = readable_or_404(request.user, slug, "pot")
    page = _page(request, visible_pots(request.user).filter(subgroup=subgroup))
    context = {
        **subgroup_context(request, subgroup, "pot"),
        "page": page,
        "rows": _rows(page),
        "mine": list(my_requests(request.user).open().filter(pot__subgroup=subgroup)),
        "may_open": may_open_pot(request.user, subgroup),
    }
    return page_or_partial(request, "pots/subgroup_pots.html", context, partials={"pot-rows"})


def _page(request, pots):
    ordered = pots.select_related("subgroup").order_by(F("closed_at").asc(nulls_first=True), "-opened_at", "-pk")
    return Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))


def _rows(page) -> list:
    totals = pot_totals(page.object_list)
    return [(pot, totals[pot.pk]) for pot in page.object_list]


def _may_open_somewhere(member) -> bool:
    return holds_right_somewhere(member, "open_pot")


@require_safe
def pot_page(request, pot_id):
    found = with_totals(with_changes(visible_pots(request.user).select_related("subgroup")))
    pot = get_object_or_404(found, pk=pot_id)
    total, paid = totals_read(pot)
    roles = list(active_roles_of(pot).select_related("member"))
    chef = next((role for role in roles if role.role == PotRole.Role.CHEF), None)
    may_manage = looks_after_with(request.user, pot, roles)
    change = open_change(pot) if pot.has_open_change else None
    context = {
        "pot": pot,
        "total": total,
        "pledged": pledged(pot) if pot.takes_pledges else None,
        "payers": paid,
        "names": names_of_payers(pot) if pot.visibility == pot.Visibility.NAMES else [],
        "balance": pot_balance(pot) if may_manage else None,
        "movements": movements(pot),
        "chef": chef,
        "mine": my_requests(request.user).open().filter(pot=pot).first(),
        "proof": bank_proof(request.user),
        "change": change,
        "change_answers": answers_to(change) if change else None,
        "statements": visible_statements(request.user, pot) if pot.was_handed_over else [],
        "my_answer": my_purpose_answers(request.user).filter(change=change).first() if change else None,
        "share_url": share_url(pot),
        "may_manage": may_manage,
        "stands_in": not pot.closed_at and not may_manage and stands_in(request.user, pot, chef),
        "may_confirm": may_agree(request.user, pot),
    }
    if may_manage or may_for_association(request.user, "see_books"):
        requests = pot.requests.select_related("party__member").order_by(F("paid_cents") - F("amount_cents"), "pk")
        context["requests"] = Paginator(requests, PER_PAGE).get_page(request.GET.get("page"))
    return page_or_partial(request, "pots/pot.html", context, partials={"pot-total"})


@require_http_methods(["GET", "HEAD", "POST"])
def open_pot_page(request, slug):
    subgroup = entered_or_404(request.user, slug, "pot")
    if not may_open_pot(request.user, subgroup):
        raise PermissionDenied
    template = TEMPLATES.get(request.GET.get("template", ""))
    start = initial(template) if template else None
    form = OpenPotForm(request.POST or None, initial=start, subgroup=subgroup, by=request.user, template=template)
    plan = {"remind_days": list(template.remind_days), "template": template.code} if template else {}
    if request.method == "POST" and form_accepts(form, open_pot, subgroup=subgroup, by=request.user, **plan):
        messages.success(request, _("The pot is open. Now ask the members."))
        return redirect("ask", form.result.pk)
    context = {"form": form, "subgroup": subgroup, "templates": TEMPLATES.values(), "template": template}
    return page_or_partial(request, "pots/open_pot.html", context, status=422 if form.errors else 200)


@require_safe
def choose_group(request):
    """From the general list: in which of the groups where they may, will the pot be?"""
    subgroups = with_module(subgroups_with_right(request.user, "open_pot"), "pot")
    if not subgroups.exists():
        raise PermissionDenied
    return page_or_partial(request, "pots/choose_group.html", {"subgroups": subgroups})


@require_http_methods(["GET", "HEAD", "POST"])
def ask_page(request, pot_id):
    pot = get_object_or_404(visible_pots(request.user).select_related("subgroup"), pk=pot_id)
    if not looks_after(request.user, pot):
        raise PermissionDenied
    form = AskForm(request.POST or None, pot=pot, by=request.user)
    if request.method == "POST" and _asked(form, pot, request.user):
        count = len(form.result)
        messages.success(
            request, ngettext("%(count)d member was asked.", "%(count)d members were asked.", count) % {"count": count}
        )
        return redirect(pot)
    context = {"form": form, "pot": pot, "forecast": forecast(form.everybody, ASKED.code)}
    return page_or_partial(request, "pots/ask.html", context, status=422 if form.errors else 200)


def _asked(form, pot, member) -> bool:
    if form_accepts(form, lambda **_values: ask(pot=pot, by=member, **form.asked())):
        return True
    form.look_again()
    return False
