from django.urls import path

from groups.topics import views

urlpatterns = [
    path("groups/<slug:slug>/threads/new/<slug:kind>/", views.new_topic, name="new-topic"),
    path("topics/<int:topic_id>/stance/", views.stance, name="topic-stance"),
    path("topics/<int:topic_id>/arguments/", views.argument, name="topic-argument"),
    path("arguments/<int:argument_id>/back/", views.back_argument, name="argument-back"),
    path("topics/<int:topic_id>/second/", views.second_topic, name="topic-second"),
    path("topics/<int:topic_id>/state/", views.state, name="topic-state"),
    path("topics/<int:topic_id>/over/", views.over, name="topic-over"),
    path("topics/<int:topic_id>/take/", views.take_topic, name="topic-take"),
    path("topics/<int:topic_id>/notes/", views.add_note, name="topic-note"),
    path("topics/<int:topic_id>/due/", views.due, name="topic-due"),
    path("asks/", views.asks, name="asks"),
    path("asks/new/", views.new_ask, name="new-ask"),
    path("asks/helper/", views.helper, name="topic-helper"),
    path("questions/", views.questions, name="questions"),
]
