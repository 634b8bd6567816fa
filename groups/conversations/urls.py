from django.urls import path

from groups.conversations import views

urlpatterns = [
    path("groups/<slug:slug>/chat/", views.chat, name="chat"),
    path("groups/<slug:slug>/talk-rules/", views.talk_rules, name="talk-rules"),
    path("groups/<slug:slug>/threads/", views.threads, name="threads"),
    path("groups/<slug:slug>/threads/new/", views.new_thread, name="new-thread"),
    path("groups/<slug:slug>/threads/<int:thread_id>/", views.thread, name="thread"),
    path("groups/<slug:slug>/auto-answers/", views.auto_answers, name="auto-answers"),
    path(
        "groups/<slug:slug>/auto-answers/<int:answer_id>/remove/", views.auto_answer_remove, name="auto-answer-remove"
    ),
    path("status/", views.own_status, name="own-status"),
    path("catch-up/", views.catch_up, name="catch-up"),
    path("catch-up/read/", views.read_conversations, name="catch-up-read"),
    path("direct/", views.direct_inbox, name="direct-inbox"),
    path("direct/new/", views.direct_new, name="direct-new"),
    path("direct/choices/", views.direct_choices, name="direct-choices"),
    path("direct/<int:conversation_id>/", views.direct_page, name="direct"),
    path("members/<int:member_id>/barrier/", views.barrier, name="barrier"),
    path("conversations/<int:conversation_id>/after/", views.after, name="conversation-after"),
    path("conversations/<int:conversation_id>/read/", views.read, name="conversation-read"),
    path("conversations/<int:conversation_id>/follow/", views.follow_conversation, name="conversation-follow"),
    path("conversations/<int:conversation_id>/close/", views.thread_close, name="thread-close"),
    path("conversations/<int:conversation_id>/pin/", views.thread_pin, name="thread-pin"),
    path("attachments/<uuid:attachment_id>/", views.attachment, name="attachment"),
    path("attachments/<uuid:attachment_id>/small/", views.attachment_small, name="attachment-small"),
    path("messages/<int:message_id>/", views.message_place, name="message"),
    path("messages/<int:message_id>/acts/", views.message_acts, name="message-acts"),
    path("messages/<int:message_id>/answer/", views.message_answer, name="message-answer"),
    path("messages/<int:message_id>/move/", views.message_move, name="message-move"),
    path("messages/<int:message_id>/edit/", views.message_edit, name="message-edit"),
    path("messages/<int:message_id>/react/", views.message_react, name="message-react"),
    path("conversations/<int:conversation_id>/people/", views.people, name="conversation-people"),
    path("messages/<int:message_id>/remove/", views.message_remove, name="message-remove"),
]
