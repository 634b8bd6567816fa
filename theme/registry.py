"""Registries: how a lower app asks something of the apps above it without importing them."""

from collections.abc import Callable
from typing import Any


class Registry:
    """An ordered list of functions that higher apps add in `AppConfig.ready()`.

    Use an instance as a decorator to add, iterate to ask. Adding the same function twice has no effect,
    so a module that is imported twice does not answer twice.
    """

    def __init__(self, question: str):
        self.question = question  # what each function answers, for whoever reads the registry
        self._functions: list[Callable[..., Any]] = []

    def __call__(self, function):
        if function not in self._functions:
            self._functions.append(function)
        return function

    def __iter__(self):
        return iter(self._functions)

    def __repr__(self):
        return f"<Registry: {self.question}>"
