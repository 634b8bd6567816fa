from django.urls import path

from finance.pots.views import managing, payments, pots, treasury

urlpatterns = [
    path("pots/", pots.pot_list, name="pots"),
    path("pots/new/", pots.choose_group, name="choose-pot-group"),
    path("pots/<int:pot_id>/", pots.pot_page, name="pot"),
    path("pots/<int:pot_id>/ask/", pots.ask_page, name="ask"),
    path("pots/<int:pot_id>/expenses/", managing.expense_list, name="expenses"),
    path("pots/<int:pot_id>/expenses/new/", managing.claim_page, name="claim"),
    path("pots/<int:pot_id>/manage/", managing.manage_page, name="manage-pot"),
    path("pots/<int:pot_id>/close/", managing.confirm_close, name="confirm-close"),
    path("pots/<int:pot_id>/statement.csv", managing.statement, {"kind": "csv"}, name="pot-csv"),
    path("pots/<int:pot_id>/statement.pdf", managing.statement, {"kind": "pdf"}, name="pot-pdf"),
    path("expenses/<int:expense_id>/", managing.expense_page, name="expense"),
    path("expenses/<int:expense_id>/receipt/", managing.expense_receipt, name="expense-receipt"),
    path("expenses/<int:expense_id>/approve/", managing.expense_act, {"act": "approve"}, name="expense-approve"),
    path("expenses/<int:expense_id>/pay/", managing.expense_act, {"act": "pay"}, name="expense-pay"),
    path("expenses/<int:expense_id>/refuse/", managing.expense_refuse, name="expense-refuse"),
    path("handovers/<int:handover_id>/", managing.handover_page, name="handover"),
    path("payments/<slug:reference>/answer/", managing.answer_page, name="payment-answer"),
    path("payments/<slug:reference>/dispute/", managing.dispute, name="payment-dispute"),
    path("payments/", payments.my_payments, name="payments"),
    path("payments/<slug:reference>/", payments.payment_page, name="payment"),
    path("payments/<slug:reference>/online/", payments.pay_online, name="payment-online"),
    path("payments/<slug:reference>/cash/", payments.cash_page, name="payment-cash"),
    path("payments/<slug:reference>/waive/", payments.waive, name="payment-waive"),
    path("treasury/", treasury.treasury, name="treasury"),
    path("groups/<slug:slug>/pots/", pots.subgroup_pots, name="subgroup-pots"),
    path("groups/<slug:slug>/pots/new/", pots.open_pot_page, name="open-pot"),
]
