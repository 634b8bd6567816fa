from django.urls import path

from community.portal import views

urlpatterns = [
    path("", views.front, name="home"),
    path("more/", views.more, name="more"),
    path("desk/", views.desk, name="desk"),
    path("desk/week/", views.this_week, name="this-week"),
]
