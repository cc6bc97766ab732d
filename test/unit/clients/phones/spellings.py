"""Writes spellings.json beside it: spellings of example numbers, and what Google's library reads in them.

pip install phonenumbers==9.0.43 && python3 spellings.py
"""

import json
import pathlib

import phonenumbers as google

COUNTRIES = (
    "AE AR AT AU BD BE BR CA CH CI CN CZ DE DK EG ES FI FR GB GH HK HU ID IE IL IN IT JP KE KH KR KZ LK MX MY NG NL NO "
    "NP NZ PH PK PL PT RO RU SA SE SG TH TR UA US VN ZA"
).split()
TYPES = (google.PhoneNumberType.MOBILE, google.PhoneNumberType.FIXED_LINE)
ZEROS = [0xFF10, 0x0966, 0x09E6, 0x0660, 0x06F0, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0B66, 0x0AE6, 0x0A66, 0x0E50,
         0x0ED0, 0x17E0, 0x1040]
IDD = {"AU": "0011", "BR": "0015", "JP": "010", "NG": "009", "US": "011", "CA": "011", "HK": "001", "KR": "002",
       "SG": "001", "TH": "001", "ID": "001", "KH": "001", "RU": "810", "KZ": "810", "KE": "000", "FI": "990"}


def script(text, zero):
    return "".join(chr(zero + int(c)) if c in "0123456789" else c for c in text)


def spellings(number, country, turn):
    code = str(number.country_code)
    national = google.format_number(number, google.PhoneNumberFormat.NATIONAL)
    e164 = google.format_number(number, google.PhoneNumberFormat.E164)
    international = google.format_number(number, google.PhoneNumberFormat.INTERNATIONAL)
    rest = international[len(code) + 1:].strip()
    packed = "".join(c for c in national if c.isdigit())
    yield from (national, e164, international, packed, rest)
    yield google.format_number(number, google.PhoneNumberFormat.RFC3966)
    for mark in ("\u00a0", ".", "-", "/", "\u2011", "\u2013"):
        yield national.replace(" ", mark).replace("-", mark)
    yield f"+{code} (0) {rest}"
    yield f"+{code}(0){rest}"
    yield f"+{code} 0{rest}"
    yield f"00{e164[1:]}"
    yield f"00 {international[1:]}"
    yield f"{IDD.get(country, '00')}{e164[1:]}"
    yield e164[1:]
    yield f"{national} ext. 12"
    yield f"{international} x12"
    yield f"\u202a{international}\u202c"
    yield f"\u200e{e164}"
    yield f"{e164[1:]}+"
    yield e164.replace("+", "\uff0b")
    yield international + "\ufe0d"
    yield f"tel:{e164}"
    yield f"Tel. {international}"
    yield f"Mob: {national}"
    yield f"  ({national}) "
    for zero in (ZEROS[turn % 16], ZEROS[(turn + 7) % 16]):
        yield script(international, zero)
        yield script(packed, zero)


def broken(number):
    code = str(number.country_code)
    rest = google.national_significant_number(number)
    packed = "".join(c for c in google.format_number(number, google.PhoneNumberFormat.NATIONAL) if c.isdigit())
    yield packed[:-1]
    yield packed[:4]
    yield packed + "123456"
    yield "0" * len(packed)
    yield "1" * len(packed)
    yield f"+{code}" + "0" * len(rest)


def read(text, country):
    """E.164, with a question mark where its plan holds no such number."""
    try:
        number = google.parse(text, country)
    except google.NumberParseException:
        return None
    if not google.is_possible_number(number):
        return None
    number.extension = None
    e164 = google.format_number(number, google.PhoneNumberFormat.E164)
    return e164 if google.is_valid_number(number) else e164 + "?"


rows = []
for turn, (country, kind) in enumerate((country, kind) for country in COUNTRIES for kind in TYPES):
    number = google.example_number_for_type(country, kind)
    if not number:
        continue
    e164 = google.format_number(number, google.PhoneNumberFormat.E164)
    rows.append([country, e164, {text: read(text, country) for text in spellings(number, country, turn)}])
    rows.append([country, None, {text: read(text, country) for text in broken(number)}])
path = pathlib.Path(__file__).with_name("spellings.json")
path.write_text("[" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "]\n")
print(sum(len(texts) for _, _, texts in rows), "spellings")
