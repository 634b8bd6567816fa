from django.urls import path

from groups.moderation import views

urlpatterns = [
    path("messages/<int:message_id>/report/", views.report_a_message, name="report-message"),
    path("members/<int:member_id>/report/", views.report_a_member, name="report-member"),
    path("report/<slug:kind>/<int:number>/", views.report_a_thing, name="report-thing"),
    path("moderation/", views.reports, name="reports"),
    path("moderation/<int:report_id>/", views.report, name="report"),
    path("moderation/<int:report_id>/picture/", views.report_picture, name="report-picture"),
    path("moderation/<int:report_id>/take/", views.take_report, name="take-report"),
    path("moderation/<int:report_id>/close/", views.close, name="close-report"),
    path("moderation/acts/<int:act_id>/", views.act_page, name="moderation-act"),
    path("moderation/flags/<int:flag_id>/seen/", views.look_at_flag, name="flag-seen"),
    path("groups/<slug:slug>/guidelines/guide/", views.guided_guidelines, name="guided-guidelines"),
    path("guidelines/", views.guidelines, name="guidelines"),
    path("guidelines/<int:guideline_id>/accept/", views.accept_guideline, name="accept-guideline"),
    path("guidelines/new/", views.new_guidelines, name="new-guidelines"),
    path("groups/<slug:slug>/guidelines/new/", views.new_guidelines, name="new-subgroup-guidelines"),
]
