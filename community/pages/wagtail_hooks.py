"""Where Wagtail asks us: who may read, and how the editor looks."""

from django.http import Http404
from django.templatetags.static import static
from django.urls import path, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from community.pages.access import may_read_file, may_read_page
from community.pages.views.calendar import admin_calendar
from theme.house import house


@hooks.register("before_serve_page", order=-100)
def ask_before_page(page, request, serve_args, serve_kwargs):
    """Before Wagtail's own check, which would send a logged-in outsider to the log-in page and back for ever."""
    if not may_read_page(request.user, page):
        raise Http404


@hooks.register("before_serve_document", order=-100)
def ask_before_document(document, request):
    if not may_read_file(request.user, document):
        raise Http404


@hooks.register("insert_global_admin_css")
def house_colours():
    return format_html(
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}">',
        house().style_url,
        static("pages/editor.css"),
    )


@hooks.register("register_admin_urls")
def calendar_address():
    return [path("content-calendar/", admin_calendar, name="cms-calendar")]


@hooks.register("register_admin_menu_item")
def calendar_in_menu():
    return MenuItem(_("Content calendar"), reverse_lazy("cms-calendar"), icon_name="calendar-alt", order=150)


@hooks.register("construct_settings_menu")
def no_second_way_to_give_rights(request, menu_items):
    """Roles are given in the community itself, with a date and a log; not by ticking auth groups here."""
    menu_items[:] = [item for item in menu_items if item.name not in ("users", "groups", "sites", "locales")]


@hooks.register("construct_main_menu")
def only_what_editors_use(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name not in ("help",)]
