"""Fees: what is asked for a membership, of whom, and what came in for it."""

from finance.fees.models.agreements import (
    Arrangement,
    Condition,
    FormalLetter,
    Stop,
    WriteOff,
)
from finance.fees.models.charging import Charge, FeeRun, RunNote
from finance.fees.models.debits import CollectionBatch, CollectionItem, DebitSettings, Mandate
from finance.fees.models.invoices import (
    Allocation,
    Invoice,
    InvoiceCounter,
    InvoiceLine,
    InvoicePaper,
    Part,
)
from finance.fees.models.payers import Payer, PayerPlace
from finance.fees.models.plans import FeeDetails, FeeGrant, FeePlan, FeeTier

__all__ = [
    "Allocation",
    "Arrangement",
    "Charge",
    "CollectionBatch",
    "CollectionItem",
    "Condition",
    "DebitSettings",
    "FeeDetails",
    "FeeGrant",
    "FeePlan",
    "FeeRun",
    "FeeTier",
    "FormalLetter",
    "Invoice",
    "InvoiceCounter",
    "InvoiceLine",
    "InvoicePaper",
    "Mandate",
    "Part",
    "Payer",
    "PayerPlace",
    "RunNote",
    "Stop",
    "WriteOff",
]
