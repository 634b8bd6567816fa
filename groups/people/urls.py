from django.urls import path

from groups.people.views import desk, history, own, profiles, record, sessions

urlpatterns = [
    path("members/", profiles.member_directory, name="directory"),
    path("members/dismiss/", profiles.dismiss_suggestion, name="dismiss-suggestion"),
    path("members/<int:member_id>/", profiles.member_page, name="member"),
    path("members/<int:member_id>/photo/", profiles.portrait, name="portrait"),
    path("members/<int:member_id>/act-for/", own.act_for, name="act-for"),
    path("members/act-as-myself/", own.act_as_myself, name="act-as-myself"),
    path("profile/", profiles.own_profile, name="own-profile"),
    path("profile/preview/", profiles.preview_profile, name="preview-profile"),
    path("settings/", own.settings_page, name="settings"),
    path("welcome/", own.welcome, name="welcome"),
    path("welcome/<int:step>/", own.welcome, name="welcome-step"),
    path("apply/", desk.apply_online, name="apply"),
    path("apply/<str:token>/", desk.confirm, name="confirm-application"),
    path("desk/applications/", desk.applications, name="applications"),
    path("desk/applications/<int:application_id>/", desk.application, name="application"),
    path("desk/roles/", desk.roles, name="roles"),
    path("desk/roles/<int:grant_id>/end/", desk.end_association_role, name="end-association-role"),
    path("desk/register/", desk.register, name="register"),
    path("desk/register/export/", desk.export, name="register-export"),
    path("desk/register/merge/", desk.merge, name="merge-members"),
    path("desk/register/children/", desk.children, name="children"),
    path("desk/register/people/", record.records, name="records"),
    path("desk/register/people/<int:member_id>/", record.member_record, name="member-record"),
    path("desk/register/people/<int:member_id>/save/", record.save_record, name="save-record"),
    path("desk/register/people/<int:member_id>/kind/", record.save_kind, name="save-kind"),
    path("desk/register/people/<int:member_id>/end/", record.end_membership_of, name="end-membership-of"),
    path("desk/register/people/<int:member_id>/guardians/", record.add_guardian, name="add-guardian"),
    path(
        "desk/register/people/<int:member_id>/guardians/<int:guardianship_id>/end/",
        record.end_guardian,
        name="end-guardian",
    ),
    path("settings/idle/", sessions.idle_choice, name="idle-choice"),
    path("desk/safety/", sessions.safety, name="safety-rules"),
    path("desk/register/approvals/", record.approvals, name="approvals"),
    path("desk/history/", history.setting_histories, name="setting-histories"),
    path("desk/history/<slug:code>/<str:key>/", history.setting_history, name="setting-history"),
    path(
        "desk/history/<slug:code>/<str:key>/<int:entry_id>/put-back/", history.put_setting_back, name="put-setting-back"
    ),
    path("desk/register/imports/<int:import_id>/", desk.register_import, name="register-import"),
]
