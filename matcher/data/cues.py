"""Cues: the words that lead a reader of facts to the places where it looks closer. Source: the patterns in ``facts/``.

Cues are written as ``facts/cues.py`` flattens a text: lower case, ``0`` for any digit, ``$`` for any currency sign, ``@``
also for 💰, ``+`` and ``#`` where they end a word, and a space for every other character, so that "on call" also finds
"on-call". A cue begins a word, one after ``*`` may stand inside one; a ``_`` at its end is the end of a word. Whatever a
pattern finds begins at one of its cues, or stands in a sentence with one; ``tests/facts/test_cues.py`` looks after it.
"""

from itertools import product

from matcher.data.currencies import WORDS


def _each(*parts: str) -> str:
    """Every way to join one of each part, as cues: ``_each("a|b", " c")`` → ``a c;b c``."""
    return ";".join("".join(choice) for choice in product(*(part.split("|") for part in parts)))


CUES: dict[str, str] = {
    # what is said of a thing: required or preferred
    "strength": "*prefer;*desir;*nice to have;*good to have;*ideal;*plus_;*asset_;*advantage;*bonus;*beneficial"
    ";optional;*helpful;*not_;*would be_;*highly regarded;*welcome;*recommended;*willing;*favorable;*favourable"
    ";*encouraged;*require;must_;*mandatory;*essential;*minimum;*at least;*need;*necessary;*mandated;hold",
    "preference": "*prefer;*desir;*nice to;*good to have;*bonus;*plus;*asset;*advantage;*great if",
    # words for pay, and what stands beside a sum of money
    "pay": "*@;*salar;*pay_;*pays_;*paying_;*payscale_;*wage;*compensation;*remuneration;ctc_;comp_;ote_;*package_;hourly_"
    ";rate_;rates_;*range for;" + _each("*hiring|*posting|*target|*budget", " range")
    + ";" + _each("*day|*daily|*bill|*contract", " rate"),
    "money": "*$;*0k;*0 k_;*lakh;*0lac;*0 lac;*lpa;*l p a;*0l_;*0 l_;*0cr_;*0 cr_;*thousand;*0z_;*0 z_;hour_;hr_;h_"
    ";*ph_;phr_;annum_;" + _each("*0|", "|".join(word.rstrip(".") for word in WORDS), "_|0"),
    # years
    "years": "*year;*yr",
    "months": "*month",
    "no experience": "no experience;no prior_;no previous_;no relevant_;no work;no professional_;*without experience"
    ";*without prior experience",
    # degrees, and words near one that say that it is not asked for
    "degree": "high school;highschool;secondary school;ged_;g e d_;gcse;no_;degree;without a;associate"
    ";two year;0 year;aa_;aas_;a a;hnd_;hnc_;foundation degree;college;diploma;technical d;bachelor;baccalaureate"
    ";bacalaureate;undergraduate degree;four year;university;uni degree;graduation from;graduate;btech;b tech;b  tech"
    ";bsc_;b sc_;b s;b e;beng_;b a_;b com_;bcom_;bba_;bca_;llb_;bs_;ba_;educated to;relevant degree;any degree"
    ";related degree;stem degree;master;mba_;msc_;m sc_;mtech_;m tech_;m  tech_;m s;m eng;ms_;advanced degree"
    ";postgrad;post grad;pg diploma;pgdm_;mca_;phd_;ph d_;doctor;dphil_;d phil_;juris doctor",
    "study": "*tuition;*reimburs;*assistance;*pursue a;*pursue your;*may substitut;*may be substitut;*can substitut"
    ";*can be substitut;*scholarship;*our team;*founded;*student_;*students_"
    ";*your degree;*your education;*your studies",
    # conditions of work
    "on call": "on call;oncall;00 0_;00x0;00 x 0;00 hours;standby;stand by;pager duty;round the clock",
    "overtime": "overtime;over time;weekend;evening;*after hours;*hours;saturday;sunday;nights",
    "travel": "travel",
    "remote": "remote;hybrid;on site;onsite;in office;the office;from home;in person;telecommut;telework;home based"
    ";from anywhere;office based;wfh",
    "anywhere": "anywhere",
    # employers: "is a" and what may follow it
    "is a": _each("is|are|as|at|join", " ", "a|an|the|one of|currently|now|proud to|part of") + ";we re a",
    "employer": _each("government|federal|state|public", " ", "agency|department|body|authority")
    + ";local authority;city council;county council;municipality;public sector;government organi;hospital"
    ";health system;health care system;healthcare system;health care provider;health care organi;healthcare provider"
    ";healthcare organi;medical center;medical centre;clinic;nursing home;care home;hospice;medical practice"
    ";dental practice;universit;college_;school;academic institution;institution of higher;nonprofit;non profit"
    ";not for profit;charity;charitable organi;ngo_;philanthrop;"
    + _each("charitable|family|community|philanthropic|grantmaking|grant making", " foundation")
    + ";company_;companies_;firm_;startup;start up;corporation;bank_;manufacturer;retailer;consultancy;provider of"
    ";supplier;contractor_;enterprise_;fintech;business_;brand_;employer_;developer of;distributor;studio_;agency_"
    ";platform_;producer of;leader in;law practice;partnership_;"
    + _each("saas|software|technology|tech|ai", " ", "platform|business|leader|provider|vendor"),
    "clearance": "*clearance;*cleared;*secret;*ts sci;*public trust;*bpss;*reliability status",
}  # fmt: skip
"""Kind of cue → its cues, parted by semicolons."""
