"""What a claim is, and every question one can ask of claims. Knows no screen."""

from __future__ import annotations

from typing import Final

TITLE: Final = "Bakhmut Claims Map"
