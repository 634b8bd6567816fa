from django.urls import path

from groups.people import views

urlpatterns = [
    path("members/<int:member_id>/", views.member_page, name="member"),
    path("members/<int:member_id>/photo/", views.portrait, name="portrait"),
]
