"""Every write of the fees."""

from finance.fees.services.agreements import (
    answer_arrangement,
    ask_arrangement,
    decide_write_off,
    propose_write_off,
    write_letter,
)
from finance.fees.services.collecting import (
    approve_batch,
    batch_file,
    cancel_batch,
    export_batch,
    make_batch,
    save_debit_settings,
    tell_batch,
    tell_payers,
)
from finance.fees.services.invoicing import credit, issue
from finance.fees.services.mandates import (
    end_mandate,
    give_mandate,
    lapse_mandates,
    pause_mandate,
    resume_mandate,
    usable_mandates,
)
from finance.fees.services.online_mandates import (
    begin_mandate,
    look_after_online_mandates,
    part_for_mandate,
    takes_mandates,
)
from finance.fees.services.papers import paper_of
from finance.fees.services.parts import choose_parts, parts_allowed, share_anew
from finance.fees.services.payers import (
    add_to_household,
    ensure_payers,
    found_household,
    leave_household,
    payer_of,
)
from finance.fees.services.plans import (
    add_tier,
    end_discount,
    grant_discount,
    remove_tier,
    save_plan,
    set_birth,
    set_condition,
)
from finance.fees.services.runs import (
    cancel_run,
    do_portion,
    make_run,
    refresh_run,
    start_run,
    take_back_charges,
    unfinished_runs,
    work_on,
)
from finance.fees.services.settling import pay_back, record_cash, take_back, take_back_cash
from finance.fees.services.stopping import first_possible_end, stop_membership, take_back_stop
from finance.fees.services.telling import tell_run

__all__ = [
    "add_tier",
    "add_to_household",
    "answer_arrangement",
    "approve_batch",
    "ask_arrangement",
    "batch_file",
    "begin_mandate",
    "cancel_batch",
    "cancel_run",
    "choose_parts",
    "credit",
    "decide_write_off",
    "do_portion",
    "end_discount",
    "end_mandate",
    "ensure_payers",
    "export_batch",
    "first_possible_end",
    "found_household",
    "give_mandate",
    "grant_discount",
    "issue",
    "lapse_mandates",
    "leave_household",
    "look_after_online_mandates",
    "make_batch",
    "make_run",
    "paper_of",
    "part_for_mandate",
    "parts_allowed",
    "pause_mandate",
    "pay_back",
    "payer_of",
    "propose_write_off",
    "record_cash",
    "refresh_run",
    "remove_tier",
    "resume_mandate",
    "save_debit_settings",
    "save_plan",
    "set_birth",
    "set_condition",
    "share_anew",
    "start_run",
    "stop_membership",
    "take_back",
    "take_back_cash",
    "take_back_charges",
    "take_back_stop",
    "takes_mandates",
    "tell_batch",
    "tell_payers",
    "tell_run",
    "unfinished_runs",
    "usable_mandates",
    "work_on",
    "write_letter",
]
