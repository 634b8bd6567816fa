from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TodosConfig(AppConfig):
    name = "groups.todos"
    label = "todos"
    verbose_name = _("Tasks")

    def ready(self):
        from groups.todos import catching_up, notices, pages, passing_on, retention, starting  # noqa: F401 — they register themselves
