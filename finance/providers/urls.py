from django.urls import path

from finance.providers import views

urlpatterns = [
    path("practice-bank/<uuid:key>/", views.practice_bank, name="practice-bank"),
    path("payments/online/<uuid:key>/", views.come_back, name="provider-return"),
    path("hooks/mollie/<uuid:key>/", views.mollie_webhook, name="mollie-webhook"),
]
