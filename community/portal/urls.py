from django.urls import path

from community.portal import views

urlpatterns = [path("", views.home, name="home")]
