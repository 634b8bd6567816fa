"""Settings in the Wagtail admin are kept like all others."""

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

from groups.people.history.kept import settings_change


class KeptAdminForm(WagtailAdminModelForm):
    """For a settings page of the admin; `code` names the kept settings."""

    code = ""

    def save(self, commit=True):
        with settings_change(self.code, self.instance, by=self.for_user, act="settings.changed"):
            return super().save(commit)


class _KeptCreate(CreateView):
    code = ""

    def save_instance(self):
        with settings_change(self.code, self.form.instance, by=self.request.user, act="settings.changed"):
            return super().save_instance()


class _KeptEdit(EditView):
    code = ""

    def save_instance(self):
        with settings_change(self.code, self.form.instance, by=self.request.user, act="settings.changed"):
            return super().save_instance()


class _KeptDelete(DeleteView):
    code = ""

    def delete_action(self):
        # Deleting takes the key off the object; the log names the row that was.
        with settings_change(self.code, self.get_object(), by=self.request.user, act="settings.changed"):
            super().delete_action()


class KeptViewSet(ModelViewSet):
    """A list of settings in the admin; `kept` names the kept settings."""

    kept = ""
    add_view_class, edit_view_class, delete_view_class = _KeptCreate, _KeptEdit, _KeptDelete

    def get_add_view_kwargs(self):
        return super().get_add_view_kwargs() | {"code": self.kept}

    def get_edit_view_kwargs(self):
        return super().get_edit_view_kwargs() | {"code": self.kept}

    def get_delete_view_kwargs(self):
        return super().get_delete_view_kwargs() | {"code": self.kept}
