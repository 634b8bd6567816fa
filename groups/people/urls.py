from django.urls import path

from groups.people.views import desk, own, profiles

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
    path("desk/register/imports/<int:import_id>/", desk.register_import, name="register-import"),
]
