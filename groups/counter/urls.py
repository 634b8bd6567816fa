from django.urls import path

from groups.counter import views

urlpatterns = [
    path("counter/", views.counter, name="counter"),
    path("counter/desk/", views.desk, name="counter-desk"),
    path("counter/desk/services/new/", views.edit_service, name="new-service"),
    path("counter/desk/services/<int:service_id>/", views.edit_service, name="edit-service"),
    path("counter/services/<int:service_id>/", views.service, name="service"),
    path("counter/requests/<int:service_request_id>/", views.request_page, name="service-request"),
    path("counter/requests/<int:service_request_id>/take/", views.take, name="take-service-request"),
]
