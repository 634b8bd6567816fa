from django.urls import path

from community.privacy.views import breaches, desk, mine, public

urlpatterns = [
    path("privacy/", mine.privacy, name="privacy"),
    path("privacy/statement/", public.statement, name="privacy-statement"),
    path("privacy/who-sees-me/", mine.who_sees_me, name="privacy-who"),
    path("privacy/register/", mine.processing, name="privacy-processing"),
    path("privacy/consents/<slug:code>/", mine.consent, name="privacy-consent"),
    path("privacy/export/", mine.export, name="privacy-export"),
    path("privacy/export/<int:export_id>/", mine.download, name="privacy-download"),
    path("privacy/erasure/", mine.erasure, name="privacy-erasure"),
    path("privacy/erasure/withdraw/", mine.withdraw, name="privacy-withdraw"),
    path("privacy/devices/<int:session_id>/lost/", breaches.lost_device, name="lost-device"),
    path("privacy/breaches/new/", breaches.new_breach, name="new-breach"),
    path("privacy/breaches/<int:breach_id>/", breaches.breach, name="breach"),
    path("privacy/requests/", desk.requests, name="privacy-requests"),
    path("privacy/requests/<int:request_id>/", desk.one_request, name="privacy-request"),
    path("privacy/retention/", desk.retention, name="privacy-retention"),
    path("privacy/holds/", desk.ask, name="privacy-hold"),
    path("privacy/holds/<int:hold_id>/confirm/", desk.confirm, name="privacy-hold-confirm"),
    path("privacy/holds/<int:hold_id>/lift/", desk.lift, name="privacy-hold-lift"),
    path(".well-known/security.txt", public.security_txt, name="security-txt"),
]
