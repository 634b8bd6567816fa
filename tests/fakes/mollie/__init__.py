"""A faithful stand-in for Mollie's v2 API on a port of its own, with the ways it delivers and the ways it fails.

    with FakeMollie() as mollie:
        settings.MOLLIE_URL, settings.MOLLIE_KEY = mollie.address, mollie.key
        …                                   # the product makes a payment
        mollie.pay("tr_…")                  # what the payer, the bank or time would do
        mollie.deliver()                    # the webhooks, as `mollie.delivery` says

Written from the public OpenAPI description and documentation. Nothing in it knows the product.
"""

from tests.fakes.mollie.server import FakeMollie

__all__ = ["FakeMollie"]
