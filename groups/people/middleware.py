from django.utils import translation


def member_language(get_response):
    """Speak the member's own language, else the browser's if we know it, else Dutch."""

    def middleware(request):
        chosen = ""
        if request.user.is_authenticated:
            chosen, request.user.remembers = request.user.language, True
        with translation.override(chosen or translation.get_language_from_request(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    return middleware
