"""What can go wrong, each with a message that says what to do.

RetoldError
├── SourceError   a source cannot be fetched, opened or parsed into an article
├── FormatError   a file or record is not in the form that it claims
├── SpanError     a span does not lie where it must
├── ModelError    the model folder is missing, damaged or of another version
└── StoreError    the archive cannot be opened, read or written
"""

from __future__ import annotations


class RetoldError(Exception):
    """An error in the user's words: what, where, and in `hint` what to do about it."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class SourceError(RetoldError):
    """A source cannot be fetched, opened or parsed into an article."""


class FormatError(RetoldError):
    """A file or record is not in the form that it claims."""


class SpanError(RetoldError):
    """A span does not lie where it must."""


class ModelError(RetoldError):
    """The model folder is missing, damaged or of another version."""


class StoreError(RetoldError):
    """The archive cannot be opened, read or written."""
