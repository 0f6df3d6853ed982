"""A viewer reads what went wrong in words, and never a path or a traceback."""

from __future__ import annotations

import pytest

from claims import errors
from components.messages import FALLBACK, MESSAGES, message_for

OWN = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, errors.ClaimsError)
]


@pytest.mark.parametrize("kind", OWN)
def test_every_error_of_our_own_has_words_and_says_what_to_do(
    kind: type[errors.ClaimsError],
) -> None:
    assert kind in MESSAGES
    message = message_for(kind("mine.csv", "a picture", "a table", "Choose a table."))
    assert (
        message == f"{MESSAGES[kind]} mine.csv: found a picture, expected a table. Choose a table."
    )


def test_no_two_kinds_of_error_read_the_same() -> None:
    assert len(OWN) >= 5
    assert len(set(MESSAGES.values())) == len(MESSAGES)


@pytest.mark.parametrize(
    "error",
    [
        FileNotFoundError(2, "No such file", "/home/somebody/events.csv"),
        PermissionError(13, "Permission denied", "/home/somebody/events.csv"),
        KeyError("/home/somebody"),
        MemoryError("/home/somebody"),
        RuntimeError("/home/somebody"),
    ],
)
def test_the_words_of_other_errors_stay_in_the_log(error: Exception) -> None:
    assert "somebody" not in message_for(error)


def test_an_error_nobody_thought_of_has_words_too() -> None:
    assert message_for(ZeroDivisionError("division by zero")) == FALLBACK
    assert "Reload" in FALLBACK
