from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "finance.ledger"
    label = "ledger"
    verbose_name = _("Ledger")

    def ready(self):
        from finance.ledger import tasks  # noqa: F401 — it registers itself
        from finance.ledger.triggers import install_after_migrate

        # SQLite drops triggers when a migration rebuilds their table; this puts them back every time.
        post_migrate.connect(install_after_migrate, sender=self)
