"""What languages are called in English, by their ISO 639-1 codes: those that news feeds come in; and how a translation
is marked as one.
"""

import re

LANGUAGES = {
    "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali",
    "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian",
    "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "km": "Khmer", "ko": "Korean", "ku": "Kurdish", "lo": "Lao",
    "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "mn": "Mongolian", "ms": "Malay", "my": "Burmese",
    "ne": "Nepali", "nl": "Dutch", "no": "Norwegian", "pa": "Punjabi", "pl": "Polish", "ps": "Pashto",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "si": "Sinhala", "sk": "Slovak", "sl": "Slovene",
    "so": "Somali", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "tg": "Tajik",
    "th": "Thai", "tk": "Turkmen", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
"""To choose from by name; every other two-letter code is taken as it is."""


def language_name(code: str) -> str:
    """The English name of a language; "the language xx" for a code that is not known."""
    return LANGUAGES.get(code, f"the language {code}")


_BY_NAME = {name.casefold(): code for code, name in LANGUAGES.items()}


def language_called(text: str) -> str:
    """The code of the language of that English name, in any case; `text` in small letters where it names none."""
    return _BY_NAME.get(text.casefold(), text.casefold())


_QUOTED = re.compile(r"[“”„«»「」『』\"]")


def marked(text: str, language: str | None) -> str:
    """A text as readers are shown it; one that was translated from `language` says so: its quotations are nobody's
    words.
    """
    if language is None:
        return text
    quoted = ", quoted words too" if _QUOTED.search(text) else ""
    return f"{text} (translated from {language_name(language)}{quoted})"


def language_notes(original: str | None, untranslated: str | None) -> tuple[str, ...]:
    """What readers must know of a story's languages: the headline that was translated, and what was not and why."""
    headline = f"headline translated from “{original}”" if original else None
    return tuple(filter(None, (headline, untranslated)))
