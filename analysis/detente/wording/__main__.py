"""Bring the catalogues up to date with the code: ``python -m detente.wording``.

New sentences enter every language empty, sentences that are no longer said leave it. Then fill in
what is empty; the tests name what is missing.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from detente.wording.language import LANGUAGES
from detente.wording.sentences import sentences


def write_catalogue(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue; the same sentences give the same bytes on any day.

    Parameters
    ----------
    catalogue : Catalog
        The sentences of one language.
    path : Path
        The file.
    """
    body = BytesIO()
    write_po(body, catalogue, width=0, omit_header=True, include_lineno=False)
    header = "".join(
        f'"{line}\\n"\n'
        for line in (
            f"Language: {path.stem}",
            "Content-Type: text/plain; charset=UTF-8",
            "Content-Transfer-Encoding: 8bit",
            f"Plural-Forms: {catalogue.plural_forms}",
        )
    )
    path.write_bytes(f'msgid ""\nmsgstr ""\n{header}\n'.encode() + body.getvalue())


def main() -> None:
    """Renew every catalogue in place and print how much is missing."""
    folder = Path(__file__).parent
    said = sentences(folder.parent)
    for code in sorted(set(LANGUAGES) - {"en"}):
        path = folder / "_data" / f"{code}.po"
        with path.open("rb") as file:
            old = read_po(file, locale=LANGUAGES[code])
        new = Catalog(locale=LANGUAGES[code], header_comment="", fuzzy=False)
        missing = 0
        for sentence in said:
            kept = old.get(sentence.text, sentence.context or None)
            text = kept.string if kept is not None else ""
            ids = (sentence.text, sentence.many) if sentence.many else sentence.text
            if isinstance(text, str) and sentence.many:
                text = ()
            missing += not (text and all(text))
            new.add(ids, text, locations=[(sentence.place, 0)], context=sentence.context or None)
        write_catalogue(new, path)
        print(f"{path.name}: {len(said)} sentences, {missing} missing")


if __name__ == "__main__":
    main()
