from finance.pots.forms.events import EventPriceForm
from finance.pots.forms.managing import (
    CloseForm,
    DeputyForm,
    ExtendForm,
    PlanForm,
    PurposeForm,
    SettingsForm,
    SuccessorForm,
)
from finance.pots.forms.paying import (
    AmountForm,
    AnswerForm,
    AskForm,
    CashForm,
    ExpenseForm,
    OpenPotForm,
    PartsForm,
    PledgeForm,
    ReasonForm,
    RefundForm,
)

__all__ = [
    "AmountForm",
    "AnswerForm",
    "AskForm",
    "CashForm",
    "CloseForm",
    "DeputyForm",
    "EventPriceForm",
    "ExpenseForm",
    "ExtendForm",
    "OpenPotForm",
    "PartsForm",
    "PlanForm",
    "PledgeForm",
    "PurposeForm",
    "ReasonForm",
    "RefundForm",
    "SettingsForm",
    "SuccessorForm",
]
