from django.urls import path

from groups.agreements import views

urlpatterns = [
    path("", views.agreements, name="agreements"),
    path("desk/", views.desk, name="agreement-desk"),
    path("<int:text_id>/accept/", views.accept_text, name="accept-agreement"),
    path("<slug:kind>/", views.current, name="agreed-text"),
    path("<slug:kind>/new/", views.new_text, name="new-agreement"),
    path("<slug:kind>/<int:version>/", views.version, name="agreed-version"),
]
