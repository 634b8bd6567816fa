"""Where allauth meets our members."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: an account comes from an invitation or an accepted application."""

    def is_open_for_signup(self, request):
        return False

    def get_login_redirect_url(self, request):
        return reverse("home")

    def is_safe_url(self, url):
        # Only paths of our own: an absolute address, even to this host, is never needed here.
        return bool(url) and url.startswith("/") and super().is_safe_url(url)
