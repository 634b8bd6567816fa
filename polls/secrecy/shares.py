"""Splitting a secret so that t of n tellers are needed (Shamir, over the field of 256 elements), and locking shares.

Each byte of the secret is the value at 0 of a random polynomial of degree t - 1; a share holds the values at one
other point. Fewer than t shares say nothing about the secret.
"""

import os
import secrets
from functools import reduce

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt


class WrongPassphrase(Exception):
    """This passphrase does not open this share."""


def split(secret: bytes, *, needed: int, shares: int) -> list[bytes]:
    """`shares` shares of which any `needed` give the secret back. The first byte of a share is its point."""
    if not 1 <= needed <= shares <= 255:
        raise ValueError("needed must lie between 1 and the number of shares, at most 255")
    polynomials = [[byte, *(secrets.randbelow(256) for _ in range(needed - 1))] for byte in secret]
    return [
        bytes([point, *(_value_at(point, coefficients) for coefficients in polynomials)])
        for point in range(1, shares + 1)
    ]


def join(shares: list[bytes]) -> bytes:
    """The secret from at least as many shares as were needed; fewer or foreign shares give something else."""
    points = [share[0] for share in shares]
    weights = [_weight_at_zero(point, points) for point in points]
    return bytes(
        reduce(int.__xor__, (_times(weight, share[at]) for weight, share in zip(weights, shares, strict=True)))
        for at in range(1, len(shares[0]))
    )


def lock(share: bytes, passphrase: str) -> bytes:
    """The share, wrapped with a teller's own passphrase (scrypt: some 0.1 s and 32 MB per try)."""
    salt = os.urandom(16)
    return salt + ChaCha20Poly1305(_from_passphrase(passphrase, salt)).encrypt(bytes(12), share, None)


def unlock(locked: bytes, passphrase: str) -> bytes:
    """The share that `lock` wrapped. Raises WrongPassphrase."""
    salt, sealed = bytes(locked[:16]), bytes(locked[16:])
    try:
        return ChaCha20Poly1305(_from_passphrase(passphrase, salt)).decrypt(bytes(12), sealed, None)
    except InvalidTag as error:
        raise WrongPassphrase from error


def _from_passphrase(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode())


def _value_at(point: int, coefficients: list[int]) -> int:
    return reduce(lambda value, coefficient: _times(value, point) ^ coefficient, reversed(coefficients), 0)


def _weight_at_zero(point: int, points: list[int]) -> int:
    """Lagrange: the factor of this share's values in the value at 0."""
    weight = 1
    for other in points:
        if other != point:
            weight = _times(weight, _times(other, _inverse(other ^ point)))
    return weight


def _times(a: int, b: int) -> int:
    """Multiplication in the field of 256 elements with the polynomial of AES."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a = (a << 1) ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return product


def _inverse(a: int) -> int:
    """a to the power 254, for every element to the power 255 is 1."""
    result, power = 1, a
    for _ in range(7):
        power = _times(power, power)
        result = _times(result, power)
    return result
