from django.urls import path

from finance.providers import views

urlpatterns = [path("practice-bank/<uuid:key>/", views.practice_bank, name="practice-bank")]
