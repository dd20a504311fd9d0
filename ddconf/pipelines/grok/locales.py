"""Names of months and days in the languages a `date` matcher knows by its locale argument."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Locale:
    """Lower-case names -> number of the month (from 1) or the day of the week (Monday is 1)."""

    months: dict[str, int]
    days: dict[str, int]


_NAMES = {
    "en": ("january february march april may june july august september october november december",
           "monday tuesday wednesday thursday friday saturday sunday"),
    "de": ("januar februar märz april mai juni juli august september oktober november dezember",
           "montag dienstag mittwoch donnerstag freitag samstag sonntag"),
    "es": ("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
           "lunes martes miércoles jueves viernes sábado domingo"),
    "fr": ("janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
           "lundi mardi mercredi jeudi vendredi samedi dimanche"),
    "it": ("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
           "lunedì martedì mercoledì giovedì venerdì sabato domenica"),
    "nl": ("januari februari maart april mei juni juli augustus september oktober november december",
           "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"),
    "pt": ("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
           "segunda terça quarta quinta sexta sábado domingo"),
}  # fmt: skip
_SHORTEST = 2
_OTHERS = {"de": {"mrz": 3}, "nl": {"mrt": 3}}
"""Short forms of months that no name begins with."""

LANGUAGES = tuple(_NAMES)


def find_locale(name: str) -> Locale | None:
    """`en`, `en_US`, `fr-FR` ... -> names; every unambiguous beginning of a name counts as its short form.

    None for other languages, see docs/decisions/0014.
    """
    language = name.replace("-", "_").split("_")[0].lower()
    names = _NAMES.get(language)
    if names is None:
        return None
    return Locale(_numbered(names[0]) | _OTHERS.get(language, {}), _numbered(names[1]))


def _numbered(names: str) -> dict[str, int]:
    numbered: dict[str, int] = {}
    ambiguous: set[str] = set()
    for number, name in enumerate(names.split(), 1):
        for length in range(_SHORTEST, len(name) + 1):
            short = name[:length]
            if numbered.setdefault(short, number) != number:
                ambiguous.add(short)
    return {name: number for name, number in numbered.items() if name not in ambiguous}
