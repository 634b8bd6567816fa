from django.urls import path

from groups.events import views

urlpatterns = [
    path("agenda/", views.agenda, name="agenda"),
    path("agenda/new/", views.new_event, name="new-event"),
    path("agenda/calendar/", views.calendar_feed, name="calendar-feed"),
    path("agenda/calendar/revoke/", views.revoke_calendar, name="revoke-calendar"),
    path("agenda/calendar/<str:token>.ics", views.feed, name="calendar-ics"),
    path("groups/<slug:slug>/agenda/", views.subgroup_agenda, name="subgroup-agenda"),
    path("groups/<slug:slug>/agenda/new/", views.new_subgroup_event, name="new-subgroup-event"),
    path("events/<int:pk>/", views.event_detail, name="event"),
    path("events/<int:pk>/edit/", views.edit_event, name="edit-event"),
    path("events/<int:pk>/cancel/", views.cancel, name="cancel-event"),
    path("events/<int:pk>/answer/", views.answer, name="answer-event"),
    path("events/<int:pk>/attend/", views.note_attendance, name="attend-event"),
    path("events/<int:pk>/event.ics", views.event_ics, name="event-ics"),
]
