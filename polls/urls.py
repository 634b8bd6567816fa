from django.urls import path

from polls.views import figures, making, reading, secrecy

urlpatterns = [
    path("polls/", reading.poll_list, name="polls"),
    path("polls/new/", making.choose_kind, name="choose-kind"),
    path("polls/new/<slug:kind>/", making.make_poll, name="make-poll"),
    path("polls/<int:poll_id>/", reading.poll_detail, name="poll"),
    path("polls/<int:poll_id>/names/", reading.poll_names, name="poll-names"),
    path("polls/<int:poll_id>/options/", reading.poll_add_option, name="poll-add-option"),
    path("polls/<int:poll_id>/open/", making.poll_open, name="poll-open"),
    path("polls/<int:poll_id>/close/", making.poll_close, name="poll-close"),
    path("polls/<int:poll_id>/discard/", making.poll_discard, name="poll-discard"),
    path("polls/<int:poll_id>/figures/", figures.poll_figures, name="poll-figures"),
    path("polls/<int:poll_id>/figures.csv", figures.poll_csv, name="poll-csv"),
    path("polls/<int:poll_id>/figures.pdf", figures.poll_pdf, name="poll-pdf"),
    path("polls/<int:poll_id>/ballots.json", secrecy.poll_ballots, name="poll-ballots"),
    path("polls/<int:poll_id>/envelopes/", secrecy.poll_envelopes, name="poll-envelopes"),
    path("polls/<int:poll_id>/tellers/", secrecy.poll_tellers, name="poll-tellers"),
    path("polls/<int:poll_id>/tellers/passphrase/", secrecy.poll_passphrase, name="poll-passphrase"),
    path("polls/<int:poll_id>/tellers/count/", secrecy.poll_count, name="poll-count"),
    path("polls/<int:poll_id>/publish/", secrecy.poll_publish, name="poll-publish"),
    path("polls/<int:poll_id>/draw/", secrecy.poll_draw, name="poll-draw"),
    path("groups/<slug:slug>/polls/", reading.subgroup_polls, name="subgroup-polls"),
    path("groups/<slug:slug>/polls/new/", making.choose_kind, name="choose-subgroup-kind"),
    path("groups/<slug:slug>/polls/new/<slug:kind>/", making.make_poll, name="make-subgroup-poll"),
]
