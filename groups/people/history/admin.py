"""Settings in the Wagtail admin are kept like all others."""

from functools import wraps

from django.http import Http404
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
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


class _KeptIndex(IndexView):
    known = None

    def get_base_queryset(self):
        return self.known(self.request.user)


class KeptViewSet(ModelViewSet):
    """A list of settings in the admin; `kept` names the kept settings."""

    kept = ""
    index_view_class = _KeptIndex
    add_view_class, edit_view_class, delete_view_class = _KeptCreate, _KeptEdit, _KeptDelete

    def known_rows(self, member):
        """What this member may know of: the others are not in the list and exist at no address."""
        return self.model._default_manager.all()

    def construct_view(self, view_class, **kwargs):
        view = super().construct_view(view_class, **kwargs)

        @wraps(view)
        def known_only(request, *args, pk=None, **kwargs):
            if pk is None:
                return view(request, *args, **kwargs)
            if not self.known_rows(request.user).filter(pk=pk).exists():
                raise Http404
            return view(request, *args, pk=pk, **kwargs)

        return known_only

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(**kwargs) | {"known": self.known_rows}

    def get_add_view_kwargs(self):
        return super().get_add_view_kwargs() | {"code": self.kept}

    def get_edit_view_kwargs(self):
        return super().get_edit_view_kwargs() | {"code": self.kept}

    def get_delete_view_kwargs(self):
        return super().get_delete_view_kwargs() | {"code": self.kept}
