"""Advertisements found again, made from postings: edited copies, and different jobs of one employer.

Each copy has one or two of the edits that reposts have: another place, an agency's header, bullets in another order,
another salary, half of the text cut.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from matcher.posting import JobPosting

PLACES = "Leeds|Tampa, FL|Ostrava|Remote, US|Galway|Boise, ID|Austin, TX|Cardiff|Hybrid - Utrecht|Dayton, OH".split("|")

AGENCIES = {
    "Pellworth Search": """Our client, a name you will know, asked Pellworth Search to fill this role before the
end of the month. We answer every application within two working days and never pass on a resume without asking.""",
    "Quillon Talent": """Quillon Talent is hiring on behalf of one of its longest-standing customers. Interviews are
by video. Please quote the reference in the subject line; candidates from other agencies are not considered.""",
    "Brightmoor Staffing": """URGENT REQUIREMENT from Brightmoor Staffing, direct client, no third parties. Send your
updated profile with notice period, current pay and expected pay.""",
    "Osk & Daughters": "Osk & Daughters have recruited for industry since 1987.",
}

ABOUT = """About Hollin Ridge Group
Hollin Ridge Group keeps the lights on for people who never think of us. Eleven thousand colleagues in nineteen
countries design, build and look after the systems behind hospitals, ports, colleges and town halls. We began in a
garage behind a chapel, and we still answer our own telephones. Three times in five years our people voted us the
friendliest large employer in the region, and we mean to keep it so. Every role here comes with a named mentor for the
first year."""

OFFER = """What we offer
Twenty-seven days of leave and your birthday off, a pension that we match up to nine percent, private medical and
dental cover for you and whoever you live with, twelve weeks of full pay for new parents, a yearly learning budget, two
paid days for volunteering, subsidised travel, and a canteen that is better than it needs to be. Core hours are ten
until three.
Equal opportunity
Hollin Ridge Group welcomes everyone. We choose people for what they can do, without regard to age, colour, disability,
family, gender, nationality, orientation, race, religion or service in the forces, and we make adjustments for any
applicant who asks. Offers depend on references and, where the law allows, a background check. We take part in
E-Verify. Please do not send speculative resumes through agencies; we accept no fee for candidates introduced that
way."""

_MONEY = re.compile(r"[$£€]\s?\d[\d,.]*")
_SENTENCE = re.compile(r"(?<=[.!?]) +(?=[A-Z])")

Edit = Callable[[JobPosting, random.Random], JobPosting]


def other_place(posting: JobPosting, dice: random.Random) -> JobPosting:
    """The job in another town: the location field, at times the title, and every mention in the text."""
    place = dice.choice(PLACES)
    town = posting.location.split(",")[0].strip()
    text = posting.description.replace(town, place) if len(town) > 3 else f"Location: {place}\n{posting.description}"
    title = f"{posting.title} - {place}" if dice.random() < 0.4 else posting.title
    return replace(posting, location=place, description=text, title=title)


def agency_header(posting: JobPosting, dice: random.Random) -> JobPosting:
    """An agency's copy: its own name and first lines, and at times a dressed-up title and last lines."""
    name = dice.choice(sorted(AGENCIES))
    text = f"{AGENCIES[name]}\n{posting.description}"
    if dice.random() < 0.3:
        text += f"\nApply to {name} today, reference {dice.randrange(10**6)}. We act as an employment agency."
    title = f"{posting.title} (ref {dice.randrange(10**5)})" if dice.random() < 0.4 else posting.title
    return replace(posting, company=name, description=text, title=title)


def reordered(posting: JobPosting, dice: random.Random) -> JobPosting:
    """Bullets (or sentences, where the text has no lines) of the middle part in another order."""
    glue = "\n" if posting.description.count("\n") > 5 else " "
    parts = posting.description.split("\n") if glue == "\n" else _SENTENCE.split(posting.description)
    low, high = len(parts) // 5, len(parts) - len(parts) // 5
    middle = parts[low:high]
    dice.shuffle(middle)
    return replace(posting, description=glue.join((*parts[:low], *middle, *parts[high:])))


def other_salary(posting: JobPosting, dice: random.Random) -> JobPosting:
    """Every sum of money changed, or a line of pay added where there is none."""
    pay = f"{dice.randrange(40, 190)},{dice.randrange(1000):03}"
    text, found = _MONEY.subn(lambda m: f"{m.group()[0]}{pay}", posting.description)
    return replace(posting, description=text if found else f"{text}\nPay: ${pay} a year, paid monthly.")


def half_cut(posting: JobPosting, dice: random.Random) -> JobPosting:
    """The first or the second half of the words, as short previews show."""
    words = re.findall(r"\S+\s*", posting.description)
    half = len(words) // 2
    return replace(posting, description="".join(words[:half] if dice.random() < 0.6 else words[half:]))


EDITS: tuple[Edit, ...] = (other_place, agency_header, reordered, other_salary, half_cut)


def copies(posting: JobPosting, dice: random.Random, most: int = 5) -> list[JobPosting]:
    """The posting and 0 to ``most`` copies, each edited in one way (two in three) or two."""
    made = [posting]
    for number, edit in enumerate(dice.sample(EDITS, dice.randint(0, most))):
        copy = edit(posting, dice)
        if dice.random() < 1 / 3:
            copy = dice.choice([other for other in EDITS if other is not edit])(copy, dice)
        made.append(replace(copy, id=f"{posting.id}/{number}"))
    return made


def of_one_employer(posting: JobPosting) -> JobPosting:
    """The job as a job of the invented employer, between its boilerplate."""
    return replace(posting, company="Hollin Ridge Group", description=f"{ABOUT}\n{posting.description}\n{OFFER}")


def make(
    postings: Sequence[JobPosting], employer: Sequence[JobPosting], dice: random.Random, employer_copies: int = 0
) -> tuple[list[JobPosting], list[int]]:
    """Copies of ``postings`` and the jobs of one employer, shuffled; with the true group of each."""
    groups = [copies(posting, dice) for posting in postings]
    groups += [copies(of_one_employer(posting), dice, employer_copies) for posting in employer]
    rows = [(posting, number) for number, group in enumerate(groups) for posting in group]
    dice.shuffle(rows)
    return [posting for posting, _ in rows], [number for _, number in rows]
