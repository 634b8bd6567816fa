"""All addresses. English, stable; everything is closed without login unless a view says otherwise."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls

from groups.people.views.proving import prove_by_code, sent_while_locked
from groups.people.views.sessions import Sessions

# allauth is the only door: Wagtail's own log-in and reset pages would let a password past the second factor.
to_login = login_not_required(RedirectView.as_view(pattern_name="account_login", query_string=True))
to_reset = login_not_required(RedirectView.as_view(pattern_name="account_reset_password"))
to_logout = RedirectView.as_view(pattern_name="account_logout")

handler500 = "theme.views.fault"
urlpatterns = [
    path("cms/login/", to_login),
    path("cms/logout/", to_logout),
    re_path(r"^cms/password_reset/", to_reset),
    path("cms/", include(wagtailadmin_urls)),
    path("account/prove/", prove_by_code, name="prove-by-code"),
    path("account/sent/", sent_while_locked, name="sent-while-locked"),
    path("account/sessions/", Sessions.as_view(), name="usersessions_list"),
    path("account/", include("allauth.urls")),
    path("", include("community.portal.urls")),
    path("", include("community.privacy.urls")),
    path("search/", include("community.portal.search.urls")),
    path("practice/", include("community.portal.practice.urls")),
    path("", include("groups.people.urls")),
    path("", include("polls.urls")),
    path("", include("finance.ledger.urls")),
    path("", include("finance.bank.urls")),
    path("", include("finance.providers.urls")),
    path("", include("finance.fees.urls")),
    path("", include("finance.pots.urls")),
    path("", include("groups.moderation.urls")),
    path("agreements/", include("groups.agreements.urls")),
    path("", include("groups.topics.urls")),
    path("", include("groups.conversations.urls")),
    path("", include("groups.todos.urls")),
    path("", include("groups.counter.urls")),
    path("", include("groups.duty.urls")),
    path("", include("groups.albums.urls")),
    path("", include("groups.events.urls")),
    path("", include("groups.subgroups.urls")),
    path("", include("notifications.urls")),
    path("", include("theme.urls")),
    path("", include("community.pages.urls")),
]
if settings.DEBUG:
    from django.contrib.staticfiles.urls import staticfiles_urlpatterns

    urlpatterns += staticfiles_urlpatterns()
