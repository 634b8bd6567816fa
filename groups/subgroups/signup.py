"""The fields of the sign-up form beside address and password. allauth takes this class as the base of its form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.people.models import Member


class SignupForm(forms.Form):
    first_name = forms.CharField(label=_("First name"), max_length=60)
    name_prefix = forms.CharField(
        label=_("Prefix"), max_length=20, required=False, help_text=Member._meta.get_field("name_prefix").help_text
    )
    last_name = forms.CharField(label=_("Last name"), max_length=80)

    field_order = ["first_name", "name_prefix", "last_name", "email", "password1", "password2"]

    def signup(self, request, user):
        """allauth asks for it; the adapter has done everything in its transaction."""
