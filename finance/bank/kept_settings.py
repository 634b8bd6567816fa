"""The association's account as a kept setting."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from finance.bank.access import may_import
from finance.bank.forms import BankAccountForm
from finance.bank.queries import main_account
from finance.bank.services import save_bank_account
from finance.bank.standing import THE_ACCOUNT
from groups.people.history.kept import KeptSettings, keep


def form(place, data=None) -> BankAccountForm:
    account = main_account()
    first = {"holder": account.holder, "iban": account.grouped_iban, "bic": account.bic} if account else {}
    return BankAccountForm(data, initial=first)


keep(
    KeptSettings(
        "bank-account",
        _("Bank account"),
        lambda member: [THE_ACCOUNT] if may_import(member) and main_account() else [],
        form,
        lambda row, by, form: save_bank_account(by=by, **form.cleaned_data),
        lambda row: reverse("bank-account"),
    )
)
