from django.urls import path

from community.portal.search.views import search

urlpatterns = [path("", search, name="search")]
