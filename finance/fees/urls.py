from django.urls import path

from finance.fees.views import office, own, payers, running

invoice = "fees/<int:year>/<int:sequence>/"

urlpatterns = [
    path("fees/", own.my_fees, name="my-fees"),
    path("fees/stop/<int:enrolment_id>/", own.stop_page, name="stop-membership"),
    path("fees/stay/<int:stop_id>/", own.stay_member, name="stay-member"),
    path(invoice, own.invoice_page, name="fee-invoice"),
    path(f"{invoice}invoice.pdf", own.invoice_paper, name="fee-paper"),
    path(f"{invoice}online/", own.pay_online, name="fee-online"),
    path(f"{invoice}parts/", own.parts_page, name="fee-parts"),
    path(f"{invoice}arrangement/", own.arrangement_page, name="fee-arrangement"),
    path(f"{invoice}cash/", payers.cash, name="fee-cash"),
    path(f"{invoice}letter/", payers.letter, name="fee-letter"),
    path(f"{invoice}write-off/", payers.propose, name="fee-write-off"),
    path(f"{invoice}refund/", payers.refund, name="fee-refund"),
    path("treasury/fees/", office.office, name="fees-office"),
    path("treasury/fees/plans/new/", office.new_plan, name="new-fee-plan"),
    path("treasury/fees/plans/<int:plan_id>/", office.plan_page, name="fee-plan"),
    path("treasury/fees/plans/<int:plan_id>/amounts/", office.new_tier, name="new-fee-tier"),
    path("treasury/fees/plans/<int:plan_id>/amounts/<int:tier_id>/", office.drop_tier, name="drop-fee-tier"),
    path("treasury/fees/conditions/", office.conditions, name="fee-conditions"),
    path("treasury/fees/conditions/<slug:slug>/", office.condition_page, name="fee-condition"),
    path("treasury/fees/runs/new/", running.new_run, name="new-fee-run"),
    path("treasury/fees/runs/<int:run_id>/", running.run_page, name="fee-run"),
    path("treasury/fees/runs/<int:run_id>/start/", running.run_act, {"act": "start"}, name="start-fee-run"),
    path("treasury/fees/runs/<int:run_id>/cancel/", running.run_act, {"act": "cancel"}, name="cancel-fee-run"),
    path("treasury/fees/runs/<int:run_id>/refresh/", running.run_refresh, name="refresh-fee-run"),
    path("treasury/fees/payers/", payers.payer_list, name="fee-payers"),
    path("treasury/fees/payers/<int:payer_id>/", payers.payer_page, name="fee-payer"),
    path("treasury/fees/payers/<int:payer_id>/discounts/", payers.new_grant, name="new-fee-grant"),
    path("treasury/fees/payers/<int:payer_id>/discounts/<int:grant_id>/", payers.drop_grant, name="drop-fee-grant"),
    path("treasury/fees/payers/<int:payer_id>/birth/", payers.save_birth, name="fee-birth"),
    path("treasury/fees/payers/<int:payer_id>/household/", payers.new_household, name="new-household"),
    path("treasury/fees/payers/<int:payer_id>/places/<int:place_id>/", payers.drop_place, name="drop-place"),
    path("treasury/fees/late/", payers.late_list, name="late-fees"),
    path("treasury/fees/arrangements/<int:arrangement_id>/", payers.answer_page, name="answer-arrangement"),
    path("treasury/fees/write-offs/<int:write_off_id>/", payers.decide, name="decide-write-off"),
]
