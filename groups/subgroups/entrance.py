"""Where allauth meets invitations: who holds one that works may make an account, and nobody else."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.subgroups.models import Invitation
from groups.subgroups.services import accept_invitation
from theme.errors import Refusal

SESSION_KEY, NAMED_KEY = "invitation", "invitation-named"


def keep_for_signup(request, invitation: Invitation, is_named: bool = False) -> None:
    """Remember in the session which invitation opened the door, and whether the ambassador may see the name.

    It is looked at again when the account is made.
    """
    request.session[SESSION_KEY] = invitation.pk
    request.session[NAMED_KEY] = is_named


def kept_invitation(request) -> Invitation | None:
    """The invitation of this session, if it still works for somebody without an account."""
    kept = request.session.get(SESSION_KEY)
    if kept is None:
        return None
    found = Invitation.objects.open().filter(pk=kept, invitee__isnull=True).select_related("subgroup", "by").first()
    return found if found and (found.kind_id or found.guest_until) else None


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: an account comes from an invitation or an accepted application."""

    def is_open_for_signup(self, request):
        return kept_invitation(request) is not None

    def get_reauthentication_methods(self, user):
        """Who has neither a password nor a second step has a way too, instead of going round in circles."""
        methods = super().get_reauthentication_methods(user)
        if methods or not user.is_authenticated:
            return methods
        return [{"id": "code", "description": _("Log in again with a code"), "url": reverse("prove-by-code")}]

    def clean_email(self, email):
        """An invitation to an address works for that address only."""
        email = super().clean_email(email)
        invitation = kept_invitation(self.request) if self.request and not self.request.user.is_authenticated else None
        if invitation and invitation.email and invitation.email != email.lower():
            raise ValidationError(_("The invitation was sent to another address. Use that one."))
        return email

    def save_user(self, request, user, form, commit=True):
        """Make the account and use up the invitation in one transaction; the invitation row is locked meanwhile."""
        invitation = kept_invitation(request)
        try:
            with transaction.atomic():
                user.first_name = form.cleaned_data["first_name"]
                user.name_prefix = form.cleaned_data["name_prefix"]
                user.last_name = form.cleaned_data["last_name"]
                user.welcome_step = 1
                member = super().save_user(request, user, form, commit=True)
                accept_invitation(invitation=invitation, member=member, is_named=request.session.get(NAMED_KEY, False))
        except (Refusal, AttributeError) as refusal:
            raise ImmediateHttpResponse(redirect("invitation", token="-")) from refusal
        if invitation.email:
            # The letter with the token went to this address, so it is theirs.
            self.stash_verified_email(request, invitation.email)
        del request.session[SESSION_KEY]
        request.session.pop(NAMED_KEY, None)
        return member

    def get_login_redirect_url(self, request):
        return reverse("welcome" if request.user.welcome_step else "home")

    def get_signup_redirect_url(self, request):
        return self.get_login_redirect_url(request)

    def is_safe_url(self, url):
        # Only paths of our own: an absolute address, even to this host, is never needed here.
        return bool(url) and url.startswith("/") and super().is_safe_url(url)
