from django.urls import path

from notifications.views import devices, mail_folder, notices, operator, wishes

urlpatterns = [
    path("notices/", notices.notice_list, name="notices"),
    path("notices/<int:notice_id>/", notices.open_notice, name="open-notice"),
    path("notices/read/", notices.read_all, name="read-notices"),
    path("notices/settings/", wishes.notice_settings, name="notice-settings"),
    path("notices/level/", wishes.set_level, name="notice-level"),
    path("notices/settings/<str:code>/", wishes.place_settings, name="place-settings"),
    path("notices/settings/<str:code>/mute/", wishes.mute_place, name="mute-place"),
    path("notices/settings/<str:code>/unmute/", wishes.unmute_place, name="unmute-place"),
    path("notices/unsubscribe/<str:token>/", wishes.unsubscribe_by_mail, name="unsubscribe"),
    path("notices/log/", operator.own_log, name="own-deliveries"),
    path("notices/devices/", devices.subscribe, name="subscribe-device"),
    path("notices/devices/forget/", devices.forget, name="forget-device"),
    path("notices/devices/<int:device_id>/forget/", devices.forget_listed, name="forget-listed-device"),
    path("notices/bounces/", devices.bounce, name="report-bounce"),
    path("health/", operator.health, name="health"),
    path("health/details/", operator.health_page, name="health-page"),
    path("health/deliveries/", operator.judge_all, name="judge-deliveries"),
    path("health/deliveries/<int:delivery_id>/", operator.judge, name="judge-delivery"),
    path("dev/mail/", mail_folder.mail_list, name="mail-folder"),
    path("dev/mail/<str:name>/", mail_folder.mail_detail, name="mail-folder-mail"),
    path("dev/mail/<str:name>/html/", mail_folder.mail_html, name="mail-folder-html"),
]
