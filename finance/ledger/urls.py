from django.urls import path

from finance.ledger import views

urlpatterns = [
    path("treasury/books/", views.books, name="books"),
    path("treasury/books/<int:year>.csv", views.books_file, {"kind": "csv"}, name="books-csv"),
    path("treasury/books/<int:year>.xaf", views.books_file, {"kind": "xaf"}, name="books-xaf"),
]
