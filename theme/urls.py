"""Addresses of the theme itself; all of them open to anonymous visitors."""

from django.urls import path

from theme import views

urlpatterns = [
    path("huisstijl.<str:version>.css", views.house_style, name="house_style"),
    path("house/<str:kind>-<int:size>.<str:version>.png", views.house_icon, name="house_icon"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("service-worker.js", views.service_worker, name="service_worker"),
    path("offline/", views.offline, name="offline"),
]
