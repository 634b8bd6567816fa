from django.urls import path

from finance.bank import views

urlpatterns = [
    path("treasury/bank/", views.bank_lines, name="bank-lines"),
    path("treasury/bank/account/", views.bank_account, name="bank-account"),
    path("treasury/bank/savings/new/", views.new_savings, name="new-savings"),
    path("treasury/bank/savings/<int:account_id>/leave/", views.leave_savings, name="leave-savings"),
    path("treasury/bank/import/", views.import_page, name="bank-import"),
    path("treasury/bank/imports/<int:import_id>/accept/", views.bank_import_accept, name="bank-import-accept"),
    path("treasury/bank/<int:line_id>/", views.bank_line, name="bank-line"),
    path("treasury/bank/<int:line_id>/assign/", views.bank_line_assign, name="bank-line-assign"),
    path("treasury/bank/<int:line_id>/own/", views.bank_line_own, name="bank-line-own"),
    path("treasury/bank/<int:line_id>/between/", views.bank_line_between, name="bank-line-between"),
    path("treasury/bank/<int:line_id>/refund/", views.bank_line_refund, name="bank-line-refund"),
    path("treasury/refunds/", views.refunds, name="refunds"),
    path("treasury/bank/<int:line_id>/undo/", views.bank_line_undo, name="bank-line-undo"),
]
