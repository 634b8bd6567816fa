"""What members are told about coming into groups, roles and going out of them."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.people.models import Member
from groups.subgroups.access import may_manage
from groups.subgroups.models import (
    Clearing,
    Invitation,
    JoinRequest,
    Proposal,
    Removal,
    RoleOffer,
    Subgroup,
    WaitingPlace,
)
from groups.subgroups.services.invitation_mails import SECOND_AFTER
from notifications.kinds import GONE, NoticeKind, Words, register_kind
from notifications.reminders import Due, reminder_registry


def _found(model, context, key):
    return model._base_manager.filter(pk=context.get(key)).first()


def _words_or_gone(function):
    """A row may be gone by the time its notice is read."""

    def words(member, context, count):
        found = function(member, context, count)
        return found or GONE.words(member, context, count)

    return words


@_words_or_gone
def clearing_words(member, context, count):
    clearing = Clearing.objects.filter(pk=context.get("clearing")).select_related("subgroup").first()
    if clearing is None or clearing.done_at:
        return None
    values = {"group": clearing.name, "day": date_format(timezone.localtime(clearing.due_at), "j F")}
    if clearing.called_off_at:
        title = _("%(group)s stays as it is") % values
    elif clearing.kind == Clearing.Kind.EMPTY:
        title = _("%(group)s is emptied on %(day)s") % values
    else:
        title = _("%(group)s is deleted on %(day)s") % values
    body = _("Keep what you want to keep. Until then a manager can call it off.")
    return Words(title, "" if clearing.called_off_at else body, clearing.subgroup.get_absolute_url(), _("To the group"))


def clearing_open(member, context) -> bool:
    return Clearing.objects.under_way().filter(pk=context.get("clearing")).exists()


@_words_or_gone
def invitation_words(member, context, count):
    if not (invitation := _found(Invitation, context, "invitation")):
        return None
    values = {"name": invitation.by.display_name, "group": invitation.subgroup.name}
    return Words(
        _("%(name)s invites you to %(group)s") % values,
        invitation.text or invitation.subgroup.description,
        reverse("my-invitation", args=[invitation.pk]),
        _("Look at the invitation"),
    )


@_words_or_gone
def invitation_again_words(member, context, count):
    if not (words := invitation_words(member, context, count)):
        return None
    return Words(_("Not answered yet: %(title)s") % {"title": words.title}, words.body, words.path, words.button)


def invitation_open(member, context):
    return Invitation.objects.open().filter(pk=context.get("invitation")).exists()


@_words_or_gone
def declined_words(member, context, count):
    if not (invitation := _found(Invitation, context, "invitation")) or not invitation.subgroup:
        return None
    who = invitation.invitee.display_name if invitation.invitee else invitation.email
    return Words(
        _("%(name)s does not come to %(group)s") % {"name": who, "group": invitation.subgroup.name},
        "",
        invitation.subgroup.get_absolute_url(),
    )


def question_words(member, context, count):
    sender = Member.objects.filter(pk=context.get("member")).first()
    who = sender.display_name if sender else context.get("email", "")
    path = sender.get_absolute_url() if sender else reverse("subgroups")
    return Words(_("Question about your invitation from %(name)s") % {"name": who}, context["text"], path)


@_words_or_gone
def request_words(member, context, count):
    subgroup = _found(Subgroup, context, "subgroup")
    asker = _found(Member, context, "member")
    if not subgroup or not asker:
        return None
    return Words(
        _("%(name)s asks to join %(group)s") % {"name": asker.display_name, "group": subgroup.name},
        _("Look at the request and decide.") if count == 1 else _("%(count)s requests are waiting.") % {"count": count},
        reverse("desk-requests", args=[subgroup.slug]),
        _("Look at the requests"),
    )


def request_open(member, context):
    subgroup = _found(Subgroup, context, "subgroup")
    return bool(
        subgroup and may_manage(member, subgroup) and subgroup.join_requests.filter(decided_at__isnull=True).exists()
    )


@_words_or_gone
def answer_words(member, context, count):
    if not (request := _found(JoinRequest, context, "request")):
        return None
    group = {"group": request.subgroup.name}
    title = _("You are in %(group)s now") if request.is_accepted else _("You cannot join %(group)s for now")
    return Words(title % group, request.answer, request.subgroup.get_absolute_url(), _("Open the group"))


@_words_or_gone
def offer_words(member, context, count):
    if not (offer := _found(RoleOffer, context, "offer")):
        return None
    values = {"group": offer.membership.subgroup.name, "role": offer.get_role_display()}
    return Words(
        _("Will you be %(role)s of %(group)s?") % values,
        _("Nothing changes until you say yes."),
        reverse("role-offer", args=[offer.pk]),
        _("Answer"),
    )


def offer_open(member, context):
    return RoleOffer.objects.filter(pk=context.get("offer"), answered_at__isnull=True).exists()


@_words_or_gone
def removed_words(member, context, count):
    if not (removal := _found(Removal, context, "removal")):
        return None
    title = (
        _("You are no longer in %(group)s") % {"group": removal.subgroup.name}
        if removal.subgroup
        else _("Your membership has been ended")
    )
    return Words(title, removal.reason, reverse("removal", args=[removal.pk]), _("Read why and reply"))


@_words_or_gone
def reply_words(member, context, count):
    if not (removal := _found(Removal, context, "removal")):
        return None
    return Words(
        _("%(name)s replies to the removal") % {"name": removal.member.display_name},
        removal.reply,
        reverse("removal", args=[removal.pk]),
    )


def ambassador_words(member, context, count):
    return Words(
        _("You are an ambassador now"),
        _("With your own link you can invite people to become members."),
        reverse("own-link"),
        _("To my link"),
    )


@_words_or_gone
def place_words(member, context, count):
    if not (place := _found(WaitingPlace, context, "place")):
        return None
    return Words(
        _("There is a place for you in %(group)s") % {"group": place.subgroup.name},
        _("It is kept for you for 72 hours."),
        place.subgroup.get_absolute_url(),
        _("Take the place"),
    )


def place_open(member, context):
    return WaitingPlace.objects.filter(pk=context.get("place"), closed_at__isnull=True).exists()


@_words_or_gone
def proposal_words(member, context, count):
    if not (proposal := _found(Proposal, context, "proposal")):
        return None
    return Words(
        _("%(name)s proposes a group: %(group)s") % {"name": proposal.by.display_name, "group": proposal.name},
        proposal.description,
        reverse("umbrella"),
        _("Look at the proposal"),
    )


@_words_or_gone
def proposal_answer_words(member, context, count):
    if not (proposal := _found(Proposal, context, "proposal")):
        return None
    if proposal.subgroup:
        title = _("Your group %(group)s has been made") % {"group": proposal.name}
        return Words(title, proposal.answer, proposal.subgroup.get_absolute_url(), _("Open the group"))
    title = _("Your group %(group)s will not be made") % {"group": proposal.name}
    return Words(title, proposal.answer, reverse("subgroups"))


def _register(code, label, icon, words, still_true=None, optional=True):
    extra = {"still_true": still_true} if still_true else {}
    register_kind(NoticeKind(code, label, icon, words, optional=optional, **extra))


_register("invitation", gettext_lazy("Invitations"), "mail", invitation_words, invitation_open)
_register(
    "invitation.again",
    gettext_lazy("Invitations you have not answered"),
    "mail",
    invitation_again_words,
    invitation_open,
)
_register("invitation_declined", gettext_lazy("Answers to invitations"), "mail", declined_words)
_register("invitation_question", gettext_lazy("Questions about invitations"), "circle-help", question_words)
_register("join_request", gettext_lazy("Requests to join"), "user-plus", request_words, request_open)
_register("join_answer", gettext_lazy("Answers to your requests"), "users", answer_words)
_register("role_offer", gettext_lazy("Roles for you"), "badge-check", offer_words, offer_open)
_register("removed", gettext_lazy("Removed from a group"), "ban", removed_words, optional=False)
_register("removal_reply", gettext_lazy("Replies to a removal"), "reply", reply_words)
_register("free_place", gettext_lazy("A free place"), "users", place_words, place_open)
_register("proposal", gettext_lazy("Proposals for groups"), "plus", proposal_words)
_register("proposal_answer", gettext_lazy("Answers to your proposals"), "plus", proposal_answer_words)
_register("ambassador", gettext_lazy("My link for new members"), "share-2", ambassador_words)


_register("subgroup_clearing", gettext_lazy("A group is emptied or deleted"), "trash", clearing_words, clearing_open)


@reminder_registry
def unanswered_invitations(now):
    """Once, four days after a member was asked; after that nothing more."""
    waiting = Invitation.objects.open().filter(invitee__isnull=False, subgroup__archived_at__isnull=True)
    for invitation_id, member_id in waiting.filter(created_at__lte=now - SECOND_AFTER).values_list("pk", "invitee"):
        yield Due(member_id, "invitation.again", f"invitation:{invitation_id}", "again", {"invitation": invitation_id})
