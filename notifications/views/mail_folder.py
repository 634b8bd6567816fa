"""Reading the mail folder in embedded mode. Not there in production, nor for anybody but this machine itself."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from notifications.mail_folder import newest_mails, one_mail

HERE = ("127.0.0.1", "::1")


@login_not_required
@require_safe
def mail_list(request):
    _only_here(request)
    mails = [
        {"name": name, "to": mail["To"], "subject": mail["Subject"], "date": mail["Date"]}
        for name, mail in newest_mails()
    ]
    return render(request, "notifications/mail_folder.html", {"mails": mails})


@login_not_required
@require_safe
def mail_detail(request, name):
    mail = _mail(request, name)
    text = mail.get_body(preferencelist=("plain",))
    context = {
        "name": name,
        "headers": [(key, value) for key, value in mail.items() if not key.startswith(("MIME", "Content"))],
        "text": text.get_content() if text else "",
        "has_html": mail.get_body(preferencelist=("html",)) is not None,
    }
    return render(request, "notifications/mail_folder_mail.html", context)


@login_not_required
@require_safe
def mail_html(request, name):
    """The mail as a mail program shows it: with its own styles, and nothing that can run."""
    body = _mail(request, name).get_body(preferencelist=("html",))
    if body is None:
        raise Http404
    response = HttpResponse(body.get_content())
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox"
    return response


def _mail(request, name):
    _only_here(request)
    mail = one_mail(name)
    if mail is None:
        raise Http404
    return mail


def _only_here(request):
    """Login codes stand in these mails, so only who sits at this machine may read them."""
    is_folder = settings.EMAIL_BACKEND == "notifications.mail_folder.FolderBackend"
    is_here = request.META.get("REMOTE_ADDR") in HERE and "X-Forwarded-For" not in request.headers
    if settings.PRODUCTION or not is_folder or not is_here:
        raise Http404
