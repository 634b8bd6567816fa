"""Migrations that do not take minutes on an empty database."""

from django.db.migrations.operations.base import Operation


class Together(Operation):
    """Operations on models of one app that need not see each other's state in between, such as its first tables.

    Between two operations Django builds the classes of all models that are related to the changed one anew. Here every
    model is related to the member, so a first start would build some 240 classes for each of 190 tables: more than a
    minute. Done together they are built once. The tables must stand in the order in which they refer to each other.
    """

    reversible = True

    def __init__(self, operations):
        self.operations = operations

    def deconstruct(self):
        return type(self).__name__, [self.operations], {}

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # so that nothing is built until somebody asks
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"{len(self.operations)} operations together"
