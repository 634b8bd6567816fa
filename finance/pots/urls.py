from django.urls import path

from finance.pots.views import payments, pots, treasury

urlpatterns = [
    path("pots/", pots.pot_list, name="pots"),
    path("pots/new/", pots.choose_group, name="choose-pot-group"),
    path("pots/<int:pot_id>/", pots.pot_page, name="pot"),
    path("pots/<int:pot_id>/ask/", pots.ask_page, name="ask"),
    path("payments/", payments.my_payments, name="payments"),
    path("payments/<slug:reference>/", payments.payment_page, name="payment"),
    path("payments/<slug:reference>/cash/", payments.cash_page, name="payment-cash"),
    path("payments/<slug:reference>/waive/", payments.waive, name="payment-waive"),
    path("treasury/", treasury.treasury, name="treasury"),
    path("groups/<slug:slug>/pots/", pots.subgroup_pots, name="subgroup-pots"),
    path("groups/<slug:slug>/pots/new/", pots.open_pot_page, name="open-pot"),
]
