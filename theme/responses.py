"""The one way in which views answer: a whole page, or the fragment htmx asked for."""

from django.contrib import messages
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers

from theme.errors import Refusal


def page_or_partial(request, template, context, *, partials=frozenset(), status=200):
    """Render `template`, or only its partial named after the element htmx is replacing.

    A partial carries the id of its element. `partials` lists the ones this view offers, so that a client
    cannot ask for a fragment that the page would hide.
    """
    target = request.htmx.target
    name = f"{template}#{target}" if target in partials else template
    response = TemplateResponse(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def sent_id(sent, name: str) -> int:
    """The id of a row that a form or an address names; 0, which no row has, for anything that is no id."""
    text = sent.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def form_accepts(form, act, /, **values) -> bool:
    """Run the service `act` with the form's values; a refusal becomes an error on the form, and `form.refusal`."""
    if not form.is_valid():
        return False
    try:
        form.result = act(**values, **form.cleaned_data)
    except Refusal as refusal:
        form.refusal = refusal
        form.add_error(None, refusal.message)
    return not form.errors


def told(request, act, /, **values) -> bool:
    """Run the service `act`; a refusal becomes a message on the next page. True when it was done."""
    try:
        act(**values)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return False
    return True
