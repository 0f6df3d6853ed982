"""Open a local file as bytes and as text; what is no table of text is refused before parsing."""

from __future__ import annotations

import codecs
import io
import re
from typing import TYPE_CHECKING, Final

from claims.errors import UnreadableFileError
from claims.memory import available_bytes

if TYPE_CHECKING:
    from pathlib import Path

FILE_MAX_BYTES: Final = 4 * 1024**3
CSV_MAX_BYTES: Final = 512 * 1024 * 1024
CSV_MAX_LINES: Final = 2_500_000
CSV_MAX_SEPARATORS: Final = 120_000_000
CSV_MEMORY_TIMES: Final = 4
"""What reading a CSV takes at its highest, in sizes of the file; see docs/a-million-claims.md."""
PARQUET_SUFFIX: Final = ".parquet"
PARQUET_REMEDY: Final = "Save it as Parquet, or split it into smaller files."
CSV_REMEDY: Final = "Give a CSV file with one claim a row, as data/README.md describes."

_DECODE_BYTES: Final = 1_000_000
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|/vsi", re.IGNORECASE)
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_FORMATS: Final = (
    (b"PAR1", "a Parquet file", "Give it a name that ends in .parquet."),
    (b"PK\x03\x04", "a zip archive or a spreadsheet", "Save the sheet as CSV (UTF-8)."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"%PDF", "a PDF document", CSV_REMEDY),
    (b"<", "XML or HTML", CSV_REMEDY),
    (b"{", "JSON", CSV_REMEDY),
    (b"[", "JSON", CSV_REMEDY),
)
_CYRILLIC_WORD: Final = re.compile("[А-ЯЁІЇЄҐ]?[а-яёіїєґ]{2,}")  # noqa: RUF001  (Cyrillic meant)


def fetch_bytes(path: Path) -> bytes:
    """Read a local file whole, so that its digest and its claims come from the same bytes.

    Parameters
    ----------
    path : Path
        A regular file on this machine; addresses and virtual paths are refused unread.

    Returns
    -------
    bytes

    Raises
    ------
    UnreadableFileError
        If it is an address, no regular file, missing, not permitted, empty, too large or more
        than the memory that is left.
    """
    name = path.name
    local = "Name a CSV or Parquet file on this machine."
    if _ADDRESS.match(str(path)):
        raise UnreadableFileError(name, "an address or a virtual path", "a local file", local)
    if "\x00" in str(path):
        raise UnreadableFileError(name, "a NUL character in the name", "a file name", local)
    try:
        if path.is_dir():
            raise UnreadableFileError(name, "a folder", "a file", local)
        if not path.exists():
            raise UnreadableFileError(name, "no such file", "a file", local)
        if not path.is_file():
            raise UnreadableFileError(name, "a device or a pipe", "a regular file", local)
        is_parquet = path.suffix.lower() == PARQUET_SUFFIX
        most = FILE_MAX_BYTES if is_parquet else min(FILE_MAX_BYTES, CSV_MAX_BYTES)
        size = path.stat().st_size
        if size > most:
            raise too_large(name, f"more than {most:,} bytes")
        refuse_without_memory(name, size if is_parquet else size * CSV_MEMORY_TIMES)
        data = path.read_bytes()
    except OSError as error:
        found = error.strerror or type(error).__name__
        remedy = "Check the file's name and who may read it."
        raise UnreadableFileError(name, found, "a file that can be read", remedy) from error
    if not data or data.isspace():
        raise UnreadableFileError(name, "an empty file", "at least a header line", CSV_REMEDY)
    return data


def open_text(data: bytes, name: str) -> tuple[io.TextIOBase, str]:
    """Find the encoding of a text and open it with its line ends untouched.

    Parameters
    ----------
    data : bytes
    name : str
        The file's name, for messages.

    Returns
    -------
    tuple of io.TextIOBase and str
        The text and Python's name of its encoding. Halves of surrogate pairs come through, so
        that only the row that holds one is lost.

    Raises
    ------
    UnreadableFileError
        If the encoding is not known for certain.
    """
    encoding = next((code for mark, code in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    if encoding == "utf-8" and b"\x00" in data[:2]:
        encoding = "utf-16-le" if data[1] == 0 else "utf-16-be"
    if encoding.startswith("utf-8") and _decodes(data):
        return io.TextIOWrapper(io.BytesIO(data), encoding, newline=""), encoding
    try:
        return io.StringIO(data.decode(encoding, "surrogatepass"), newline=""), encoding
    except UnicodeDecodeError as error:
        text = data.decode("cp1251", "replace")
        if encoding == "utf-8" and _is_cyrillic(text):
            return io.StringIO(text, newline=""), "cp1251"
        line = data.count(b"\n", 0, error.start) + 1
        where = f"{name}, line {line}"
        raise UnreadableFileError(
            where,
            f"the byte 0x{data[error.start]:02X}, which is not {encoding.upper()}",
            "text in UTF-8",
            "Save the file as CSV in UTF-8.",
        ) from error


def refuse_other_formats(data: bytes, name: str) -> None:
    """Refuse what is no CSV, or too much of it, by a look at its bytes.

    Parameters
    ----------
    data : bytes
    name : str
        The file's name, for messages.

    Raises
    ------
    UnreadableFileError
        If the bytes begin like another format, or the file is too large for CSV.
    """
    start = data[:1000].lstrip(codecs.BOM_UTF8 + b" \t\r\n")
    for signature, words, remedy in _OTHER_FORMATS:
        if start.startswith(signature):
            raise UnreadableFileError(name, words, "a table in CSV", remedy)
    if len(data) > CSV_MAX_BYTES:
        raise too_large(name, f"a CSV file of more than {CSV_MAX_BYTES:,} bytes")
    if data.count(b"\n") > CSV_MAX_LINES:
        raise too_large(name, f"a CSV file of more than {CSV_MAX_LINES:,} lines")
    if sum(map(data.count, (b",", b";", b"\t", b"|"))) > CSV_MAX_SEPARATORS:
        raise too_large(name, f"a CSV file of more than {CSV_MAX_SEPARATORS:,} cells")


def too_large(name: str, found: str) -> UnreadableFileError:
    """Make the error for a file beyond a limit.

    Parameters
    ----------
    name : str
        The file's name.
    found : str
        What goes beyond the limit.

    Returns
    -------
    UnreadableFileError
    """
    return UnreadableFileError(name, found, "a smaller file", PARQUET_REMEDY)


def refuse_without_memory(name: str, needed_bytes: int) -> None:
    """Refuse a file before it is read if the machine has not the memory for it.

    Parameters
    ----------
    name : str
        The file's name, for messages.
    needed_bytes : int
        What reading it takes at its highest.

    Raises
    ------
    UnreadableFileError
        If less is left. Where nobody knows how much is left, nothing is refused.
    """
    left = available_bytes()
    if left is not None and needed_bytes > left:
        raise UnreadableFileError(
            name,
            f"a file that takes about {_megabytes(needed_bytes)} of memory to read",
            f"at most the {_megabytes(left)} that are left here",
            "End other programs, use a machine with more memory, or split the file.",
        )


def _megabytes(size: int) -> str:
    return f"{max(1, round(size / 1e6)):,} MB"


def _decodes(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _DECODE_BYTES):
            decoder.decode(data[start : start + _DECODE_BYTES])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_cyrillic(text: str) -> bool:
    """Tell Windows-1251 from other 8-bit encodings: its words are runs of small Cyrillic."""
    foreign = sum(not character.isascii() for character in text)
    return sum(map(len, _CYRILLIC_WORD.findall(text))) * 10 >= foreign * 6
