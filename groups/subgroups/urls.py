from django.urls import path

from groups.subgroups import views

urlpatterns = [
    path("groups/", views.subgroup_list, name="subgroups"),
    path("groups/<slug:slug>/", views.subgroup_page, name="subgroup"),
    path("groups/<slug:slug>/members/", views.subgroup_members, name="subgroup-members"),
    path("groups/<slug:slug>/join/", views.join_subgroup, name="join-subgroup"),
    path("groups/<slug:slug>/leave/", views.leave_subgroup, name="leave-subgroup"),
]
