"""Currencies as job postings write them.

Source of the codes: ISO 4217. Source of ``SCALE``: yearly averages of 2024, rounded to one or two figures; it only
serves to tell a possible salary from an impossible one, never to convert.
"""

SYMBOLS: dict[str, str] = {
    "us$": "USD",
    "ca$": "CAD",
    "cdn$": "CAD",
    "c$": "CAD",
    "au$": "AUD",
    "a$": "AUD",
    "nz$": "NZD",
    "sg$": "SGD",
    "s$": "SGD",
    "hk$": "HKD",
    "nt$": "TWD",
    "r$": "BRL",
    "mx$": "MXN",
    "$": "$",
    "£": "GBP",
    "€": "EUR",
    "₹": "INR",
    "¥": "¥",
    "₱": "PHP",
    "₦": "NGN",
    "₩": "KRW",
    "₫": "VND",
    "฿": "THB",
    "₪": "ILS",
    "₺": "TRY",
    "₽": "RUB",
    "zł": "PLN",
    "kč": "CZK",
}
"""Signs, in lower case; ``$`` and ``¥`` stand for whichever the place uses."""

WORDS: dict[str, str] = {
    **{
        code.lower(): code
        for code in (
            "USD CAD AUD NZD SGD HKD GBP EUR INR JPY CNY CHF SEK NOK DKK PLN CZK HUF RON BGN TRY ILS ZAR NGN KES GHS EGP AED SAR "
            "QAR KWD BHD OMR PKR LKR BDT PHP MYR THB IDR VND KRW TWD BRL MXN COP CLP ARS PEN UAH RUB"
        ).split()
    },
    "rmb": "CNY",
    "yen": "JPY",
    "euro": "EUR",
    "euros": "EUR",
    "dollars": "$",
    "pounds": "GBP",
    "rupees": "INR",
    "rs": "INR",
    "rs.": "INR",
    "rm": "MYR",
    "kr": "KR",
    "kshs": "KES",
    "ksh": "KES",
    "rp": "IDR",
    "dhs": "AED",
    "zar": "ZAR",
    "php": "PHP",
}
"""Codes and names, in lower case; ``KR`` stands for the crown of the place."""

PLACES: tuple[tuple[str, dict[str, str]], ...] = (
    ("united states", {"$": "USD"}),
    ("usa", {"$": "USD"}),
    ("canada", {"$": "CAD"}),
    ("canadian", {"$": "CAD"}),
    ("ontario", {"$": "CAD"}),
    ("british columbia", {"$": "CAD"}),
    ("quebec", {"$": "CAD"}),
    ("québec", {"$": "CAD"}),
    ("alberta", {"$": "CAD"}),
    ("manitoba", {"$": "CAD"}),
    ("saskatchewan", {"$": "CAD"}),
    ("nova scotia", {"$": "CAD"}),
    ("toronto", {"$": "CAD"}),
    ("montreal", {"$": "CAD"}),
    ("montréal", {"$": "CAD"}),
    ("calgary", {"$": "CAD"}),
    ("ottawa", {"$": "CAD"}),
    ("australia", {"$": "AUD"}),
    ("australian", {"$": "AUD"}),
    ("sydney", {"$": "AUD"}),
    ("melbourne vic", {"$": "AUD"}),
    ("brisbane", {"$": "AUD"}),
    ("new south wales", {"$": "AUD"}),
    ("queensland", {"$": "AUD"}),
    ("singapore", {"$": "SGD"}),
    ("new zealand", {"$": "NZD"}),
    ("auckland", {"$": "NZD"}),
    ("hong kong", {"$": "HKD"}),
    ("taiwan", {"$": "TWD"}),
    ("china", {"¥": "CNY"}),
    ("shanghai", {"¥": "CNY"}),
    ("beijing", {"¥": "CNY"}),
    ("shenzhen", {"¥": "CNY"}),
    ("sweden", {"KR": "SEK"}),
    ("stockholm", {"KR": "SEK"}),
    ("norway", {"KR": "NOK"}),
    ("oslo", {"KR": "NOK"}),
    ("denmark", {"KR": "DKK"}),
    ("copenhagen", {"KR": "DKK"}),
)
"""Names of places, in lower case, and what an ambiguous mark means there."""

DEFAULTS = {"$": "USD", "¥": "JPY"}
"""What an ambiguous mark means where no place is named."""

SCALE: dict[str, float] = {
    "JPY": 150,
    "CNY": 7,
    "INR": 80,
    "SEK": 10,
    "NOK": 10,
    "DKK": 7,
    "PLN": 4,
    "CZK": 23,
    "HUF": 360,
    "RON": 4.5,
    "TRY": 33,
    "ILS": 3.7,
    "ZAR": 18,
    "NGN": 1500,
    "KES": 130,
    "GHS": 15,
    "EGP": 45,
    "AED": 3.7,
    "SAR": 3.75,
    "QAR": 3.6,
    "PKR": 280,
    "LKR": 300,
    "BDT": 115,
    "PHP": 57,
    "MYR": 4.5,
    "THB": 35,
    "IDR": 16000,
    "VND": 25000,
    "KRW": 1350,
    "TWD": 32,
    "BRL": 5.5,
    "MXN": 18,
    "COP": 4000,
    "CLP": 940,
    "ARS": 900,
    "PEN": 3.7,
    "UAH": 40,
    "RUB": 92,
    "HKD": 7.8,
}
"""Units of a currency to the US dollar, roughly; 1 where none is given."""
