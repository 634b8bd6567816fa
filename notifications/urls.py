from django.urls import path

from notifications import views

urlpatterns = [
    path("notices/", views.notice_list, name="notices"),
    path("notices/<int:notice_id>/", views.open_notice, name="open-notice"),
    path("notices/read/", views.read_all, name="read-notices"),
]
