from django.urls import path

from groups.duty import views

urlpatterns = [
    path("groups/<slug:slug>/duty/", views.duty, name="duty"),
    path("groups/<slug:slug>/duty/new/", views.new_turn, name="plan-turn"),
    path("groups/<slug:slug>/duty/emergency/", views.emergency, name="emergency-text"),
    path("duty/<int:turn_id>/cancel/", views.cancel, name="cancel-turn"),
    path("duty/<int:turn_id>/hand-over/", views.hand_over, name="hand-over-turn"),
    path("duty/hand-overs/<int:handover_id>/keep/", views.keep, name="keep-turn"),
    path("duty/hand-overs/<int:handover_id>/<slug:act>/", views.answer, name="answer-turn"),
]
