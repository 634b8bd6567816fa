from django.urls import path

from groups.todos import views

urlpatterns = [
    path("tasks/", views.my_tasks, name="tasks"),
    path("tasks/new/", views.new_task, name="new-task"),
    path("tasks/<int:task_id>/", views.task_page, name="task"),
    path("tasks/<int:task_id>/edit/", views.edit_task, name="edit-task"),
    path("tasks/<int:task_id>/act/", views.act_on_task, name="act-on-task"),
    path("groups/<slug:slug>/tasks/", views.subgroup_tasks, name="subgroup-tasks"),
]
