"""The four steps of the welcome. Groups and notices belong to other apps, which fill in their step."""

from theme.registry import Registry

STEPS = (1, 2, 3, 4)
step_registry = Registry("What does a step of the welcome show? function(request, step) -> dict for its template")


def step_context(request, step: int) -> dict:
    context: dict = {}
    for ask in step_registry:
        context.update(ask(request, step) or {})
    return context
