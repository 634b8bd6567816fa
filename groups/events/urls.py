from django.urls import path

from groups.events.views import events as views
from groups.events.views import questions, shifts

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
    path("events/<int:pk>/questions/", questions.event_questions, name="event-questions"),
    path("events/<int:pk>/replies/", questions.event_replies, name="event-replies"),
    path("events/<int:pk>/shifts/", shifts.event_shifts, name="event-shifts"),
    path("shifts/<int:pk>/take/", shifts.take, name="take-shift"),
    path("shifts/<int:pk>/leave/", shifts.leave, name="leave-shift"),
    path("shifts/<int:pk>/swap/", shifts.swap, name="swap-shift"),
    path("shifts/<int:pk>/remove/", shifts.drop_shift, name="remove-shift"),
    path("swaps/<int:pk>/answer/", shifts.swap_answer, name="answer-swap"),
    path("events/<int:pk>/event.ics", views.event_ics, name="event-ics"),
]
