"""What personal data the books hold: who booked, and who signed. They can never be changed."""

from theme.personal_data import register_traces

register_traces("ledger.Entry", "actor_id", "actor_label", "approver_one_id", "approver_two_id", "memo")
register_traces("ledger.SignOff", "signed_by_id", "signed_by_label", "remark")
