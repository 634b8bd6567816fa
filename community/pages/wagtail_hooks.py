"""Where Wagtail asks us: who may read, and how the editor looks."""

from django.http import Http404
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from community.pages.access import may_read_file, may_read_page
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


@hooks.register("construct_settings_menu")
def no_second_way_to_give_rights(request, menu_items):
    """Roles are given in the community itself, with a date and a log; not by ticking auth groups here."""
    menu_items[:] = [item for item in menu_items if item.name not in ("users", "groups", "sites", "locales")]


@hooks.register("construct_main_menu")
def only_what_editors_use(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name not in ("help",)]
