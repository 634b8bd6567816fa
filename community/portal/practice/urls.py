from django.urls import path

from community.portal.practice.views import practice, start_again

urlpatterns = [path("", practice, name="practice"), path("again/", start_again, name="practice-again")]
