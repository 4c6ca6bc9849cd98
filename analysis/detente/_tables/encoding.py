"""Text from bytes: UTF-8 or an error that says what the file looks like."""

from __future__ import annotations

import codecs
import re
from itertools import pairwise
from typing import Final

from detente.errors import ReadError

__all__ = ["MOJIBAKE_SIGNS", "decoded", "mended", "not_utf8", "refuse_wide"]

#: Encoding -> how a reader knows it.
_READER_NAME: Final = {
    "cp1250": "Windows-1250 (Central European)",
    "cp1252": "Windows-1252 (Western European)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp1251": "Windows-1251 (Russian)",
    "cp949": "CP949 (Korean)",
    "cp932": "Shift-JIS (Japanese)",
    "utf-16": "UTF-16",
    "utf-32": "UTF-32",
}
_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The six places in which Windows-1254 differs from Windows-1252: Ğ İ Ş ğ ı ş stand where
# Western European text has the rare Icelandic letters.
_TURKISH_BYTES: Final = frozenset(b"\xd0\xdd\xde\xf0\xfd\xfe")
# All letters that Turkish has beyond ASCII.
_TURKISH_LETTERS: Final = frozenset("ÇĞİÖŞÜçğıöşüÂÎÛâîû".encode("cp1254"))

# UTF-8 bytes read as Windows-1252 (or Latin-1): a lead byte of Latin, Greek, Cyrillic or Arabic
# letters and one continuation byte, which shows as a sign of 0x80-0xBF; or a lead byte of longer
# sequences and two or three of them. Other leads are left out: "CAFÉ»" is sound French.
_CONTINUATION = "".join(
    sorted({bytes([b]).decode("cp1252", "ignore") for b in range(0x80, 0xC0)} - {""})
) + "".join(map(chr, range(0x80, 0xA0)))
_LEADS: Final = "ÂÃÄÅÎÏÐÑØÙ"
_MOJIBAKE: Final = re.compile(
    f"[{_LEADS}][{re.escape(_CONTINUATION)}]"
    f"|[\u00e0-\u00ef][{re.escape(_CONTINUATION)}]{{2}}"
    f"|[\u00f0-\u00f4][{re.escape(_CONTINUATION)}]{{3}}"
)
#: One of these characters is in every text that `mended` changes.
MOJIBAKE_SIGNS: Final = f"[{_LEADS}\u00e0-\u00ef\u00f0-\u00f4]"


def decoded(content: bytes, file: str) -> str:
    """Decode UTF-8, with or without a byte order mark.

    Parameters
    ----------
    content : bytes
        The whole file.
    file : str
        The file as the user named it, for the message.

    Returns
    -------
    str
        The text, without byte order mark.

    Raises
    ------
    ReadError
        The bytes are not UTF-8; the message names the likeliest encoding and how to save
        anew.
    """
    refuse_wide(content, file)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_utf8(content, error.start, file) from error


def refuse_wide(content: bytes, file: str) -> None:
    """Refuse a file whose first bytes are of UTF-16 or UTF-32."""
    guess = next((name for mark, name in _BOMS if content.startswith(mark)), "")
    if not guess and _looks_like_utf16(content):
        guess = "utf-16"
    if guess:
        raise ReadError(
            f"'{file}' is not UTF-8; it looks like {_READER_NAME[guess]}.",
            file=file,
            remedy=_save_as_utf8(guess),
        )


def _looks_like_utf16(content: bytes) -> bool:
    # Letters of Latin script have a NUL byte at every other place, always on the same side;
    # NUL bytes that fill a cell of UTF-8 stand on both.
    head = content[:4000]
    fewer, more = sorted((head[::2].count(0), head[1::2].count(0)))
    return len(head) >= 4 and more > len(head) // 8 and fewer <= more // 4


def not_utf8(content: bytes, position: int, file: str, *, n_before: int = 0) -> ReadError:
    """Return the error of a file, or of a piece with `n_before` lines before it."""
    line = n_before + content.count(b"\n", 0, position) + 1
    # Well-formed UTF-8 elsewhere says that only some bytes are damaged.
    sequences = re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}", content)
    n_high = sum(byte > 0x7F for byte in content)
    if sum(map(len, sequences)) > n_high / 2:
        return ReadError(
            f"'{file}' is UTF-8 with damaged bytes, the first in line {line} "
            f"(0x{content[position]:02X} after '{_before(content, position)}').",
            file=file,
            row=line,
            remedy="Correct that line, or export the file anew as UTF-8, or leave such bytes out: "
            "iconv -c -f UTF-8 -t UTF-8 OLD > NEW.",
        )
    guesses = _candidates(content)
    names = " or ".join(_READER_NAME[guess] for guess in guesses)
    return ReadError(
        f"'{file}' is not UTF-8 (first seen in line {line}); "
        f"it looks like {names or 'no encoding that detente knows'}.",
        file=file,
        row=line,
        remedy=_save_as_utf8(*guesses),
    )


def _candidates(content: bytes) -> list[str]:
    """Return the likeliest encoding, and Central European where bytes do not tell it apart."""
    guess = likely_encoding(content)
    if guess not in ("cp1252", "cp1254"):
        return [guess] if guess else []
    letters = {byte for byte in content if byte >= 0xC0}
    if guess == "cp1254" and letters <= _TURKISH_LETTERS:
        return [guess]
    try:
        is_same = content.decode("cp1250") == content.decode(guess)
    except UnicodeDecodeError:
        is_same = True
    return [guess] if is_same else [guess, "cp1250"]


def _before(content: bytes, position: int) -> str:
    """Return the end of the line before a damaged byte, by which the place is found again."""
    line = content[max(0, position - 60) : position].decode("utf-8", "ignore")
    return line.splitlines()[-1][-20:] if line and line[-1] not in "\r\n" else ""


def _save_as_utf8(*encodings: str) -> str:
    commands = [f"iconv -f {encoding.upper()} -t UTF-8 OLD > NEW" for encoding in encodings]
    how = f", or run: {', or: '.join(commands)}" if commands else ""
    if len(commands) > 1:
        how += ". The bytes do not tell which: look at names with accents after converting, such "
        how += "as of speakers, and take the one in which they are right"
    return (
        "Save it as UTF-8: in Excel 'Save as' and 'CSV UTF-8', in LibreOffice the "
        f"character set 'Unicode (UTF-8)'{how}."
    )


def likely_encoding(content: bytes) -> str:
    """Return which legacy encoding bytes beyond ASCII look like, or an empty string.

    Parameters
    ----------
    content : bytes
        Text that is not UTF-8.

    Returns
    -------
    str
        "cp1252", "cp1254", "cp1251", "cp949", "cp932", or "" where none fits.

    Notes
    -----
    Runs of two and more high bytes are words of another script: the candidates are decoded
    and the one with most plausible letters wins. Single high bytes between ASCII letters
    are accents or quotation marks: Turkish where one of the six letters occurs that make
    Windows-1254, else Western European.

    Examples
    --------
    >>> likely_encoding("Türkiye ve Rusya'nın dostluğu".encode("cp1254"))
    'cp1254'
    >>> likely_encoding("Москва и Анкара".encode("cp1251"))
    'cp1251'
    """
    runs = re.findall(rb"[\x80-\xff][\x40-\xff]*", content)
    high = [byte for run in runs for byte in run if byte > 0x7F]
    clustered = sum(len(run) for run in re.findall(rb"[\x80-\xff]{3,}", content))
    if high and clustered > len(high) / 2:
        scores = {name: _plausibility(content, name) for name in ("cp1251", "cp949", "cp932")}
        best = max(scores, key=lambda name: scores[name])
        return best if scores[best] > 0.5 else ""
    try:
        content.decode("cp1254")
    except UnicodeDecodeError:
        return ""
    return "cp1254" if _TURKISH_BYTES.intersection(high) else "cp1252"


def _plausibility(content: bytes, encoding: str) -> float:
    """Return the share of characters beyond ASCII that the encoding's language would use."""
    # The common syllables alone: the extended table of CP949 gives a meaning to almost any bytes.
    text = content.decode("euc_kr" if encoding == "cp949" else encoding, "replace")
    foreign = [char for char in text if char > "\x7f"]
    if encoding == "cp949":
        good = sum("\uac00" <= char <= "\ud7a3" for char in foreign)
    elif encoding == "cp932":
        good = sum("\u3041" <= char <= "\u30fe" or "\u4e00" <= char <= "\u9fff" for char in foreign)
    else:
        # In Russian a capital hardly ever follows a small letter.
        good = sum("\u0410" <= char <= "\u044f" for char in foreign) - 2 * sum(
            "\u0430" <= a <= "\u044f" and "\u0410" <= b <= "\u042f" for a, b in pairwise(text)
        )
    return good / max(len(foreign), 1)


def mended(text: str) -> str:
    """Return what a text says whose UTF-8 bytes were once read as Windows-1252.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The text with such sequences turned back; equal to `text` where there are none.

    Examples
    --------
    >>> mended("TÃ¼rkiye"), mended("Türkiye")
    ('Türkiye', 'Türkiye')
    """

    def back(match: re.Match[str]) -> str:
        try:
            raw = b"".join(_byte(char) for char in match[0])
            return raw.decode("utf-8")
        except UnicodeError:
            return match[0]

    return _MOJIBAKE.sub(back, text)


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")
