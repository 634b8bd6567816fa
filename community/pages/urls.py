from django.urls import path, re_path
from wagtail.urls import serve_pattern

from community.pages.views import calendar, desk, files, reading, urgency

urlpatterns = [
    path("announcements/", reading.announcement_list, name="announcements"),
    path("announcements/all-read/", reading.read_all, name="announcements-all-read"),
    path("announcements/<int:pk>/", reading.announcement_detail, name="announcement"),
    path("announcements/<int:pk>/acknowledge/", reading.confirm_reading, name="acknowledge-announcement"),
    path("announcements/<int:pk>/reply/", reading.reply, name="reply-announcement"),
    path("announcements/<int:pk>/replies/<int:reply_id>/remove/", reading.delete_reply, name="delete-reply"),
    path("desk/announcements/", desk.announcement_desk, name="announcement-desk"),
    path("desk/announcements/new/", desk.new_announcement, name="new-announcement"),
    path("desk/announcements/audience/", desk.audience_count, name="announcement-audience"),
    path("desk/announcements/<int:pk>/", desk.announcement_report, name="announcement-report"),
    path("desk/announcements/<int:pk>/edit/", desk.edit_announcement, name="edit-announcement"),
    path("desk/announcements/<int:pk>/send/", desk.send, name="send-announcement"),
    path("desk/announcements/<int:pk>/plan/", desk.plan, name="plan-announcement"),
    path("desk/announcements/<int:pk>/withdraw/", desk.withdraw, name="withdraw-announcement"),
    path("desk/announcements/<int:pk>/pin/", desk.pin_on_top, name="pin-announcement"),
    path("desk/announcements/<int:pk>/unpin/", desk.unpin_again, name="unpin-announcement"),
    path("desk/announcements/<int:pk>/urgent/", urgency.ask, name="ask-urgency"),
    path("desk/announcements/<int:pk>/urgent/yes/", urgency.agree, name="confirm-urgency"),
    path("desk/announcements/<int:pk>/urgent/no/", urgency.drop, name="drop-urgency"),
    path("desk/announcements/<int:pk>/open/", desk.open_names, name="announcement-open-names"),
    path("desk/announcements/<int:pk>/nudge/", desk.send_nudge, name="nudge-announcement"),
    path("desk/announcements/<int:pk>/letters.csv", desk.letter_list, {"kind": "csv"}, name="announcement-letters-csv"),
    path("desk/announcements/<int:pk>/letters.pdf", desk.letter_list, {"kind": "pdf"}, name="announcement-letters-pdf"),
    path("desk/announcements/<int:pk>/repeat/", calendar.repeat, name="repeat-announcement"),
    path("desk/announcements/<int:pk>/stop-repeating/", calendar.stop_repeating, name="stop-repeating"),
    path("desk/announcements/<int:pk>/show-again/", desk.show_once_more, name="show-announcement-again"),
    path("desk/calendar/", calendar.content_calendar, name="content-calendar"),
    path("desk/calendar/<int:pk>/move/", calendar.move, name="move-page"),
    path("desk/occurrences/<int:pk>/skip/", calendar.skip, name="skip-occurrence"),
    path("pictures/<path:name>", files.picture, name="picture"),
    # Wagtail's own addresses, without its log-in and password pages.
    path("documents/<int:document_id>/<str:document_filename>", files.document, name="wagtaildocs_serve"),
    re_path(serve_pattern.replace("^", "^pages/", 1), files.page, name="wagtail_serve"),
]
