"""On-call duty, work beyond office hours, travel: True, False or not said."""

import pytest

from matcher.facts import read_facts
from matcher.posting import JobPosting

ON_CALL = [
    ("Take part in the on-call rotation", True),
    ("Be on call one week in four", True),
    ("24/7 availability is expected", True),
    ("Available 24/7 in a crisis", True),
    ("Rotating 24x7 on-call shifts", True),
    ("Stand-by duty every third week", True),
    ("Carry pager duty for the network", True),
    ("24x7 support rotation", True),
    ("No on-call", False),
    ("There is no on-call duty in this role", False),
    ("On-call is not required", False),
    ("Our gym is open 24/7", None),
    ("Join on calls with clients", None),
    ("Runs the call centre", None),
    ("Responsible for 24x7 availability of systems", None),
    ("Plans rollouts", None),
]

OVERTIME = [
    ("Overtime as needed", True),
    ("Overtime may be required", True),
    ("Some evenings and weekends", True),
    ("Evening and weekend work", True),
    ("Nights and weekends as required", True),
    ("Weekends as needed", True),
    ("Must work occasional weekends", True),
    ("Work outside business hours during cutovers", True),
    ("Work outside of normal working hours", True),
    ("After-hours cutovers", True),
    ("Irregular hours at go-live", True),
    ("Extended hours near a release", True),
    ("Long hours in a crisis", True),
    ("Unsocial hours", True),
    ("Out-of-hours changes", True),
    ("Paid overtime", True),
    ("FLSA status: exempt. Overtime may be required.", True),
    ("No overtime", False),
    ("No weekends", False),
    ("Overtime is not required", False),
    ("FLSA: Exempt, not eligible for overtime pay", None),
    ("Overtime exempt", None),
    ("Non-exempt, eligible for overtime", None),
    ("Weekends off", None),
    ("Improve the platform over time", None),
    ("Closed on weekends", None),
    ("40 hours per week", None),
    ("Flexible hours", None),
]

TRAVEL = [
    ("Travel up to 25%", True),
    ("Up to 25% travel", True),
    ("-Travel to branches 30%", True),
    ("Travel required", True),
    ("Travel is required to client sites", True),
    ("Ability to travel", True),
    ("Willing to travel domestically", True),
    ("Willingness to travel", True),
    ("Must travel to sites", True),
    ("Occasional travel to the head office", True),
    ("Some travel may be required", True),
    ("International travel", True),
    ("Requires travel", True),
    ("Travel: 50%", True),
    ("Travel: yes", True),
    ("Travels to data centres as needed", True),
    ("10-20% overnight travel", True),
    ("Travel between sites", True),
    ("No travel required", False),
    ("No travel", False),
    ("Travel: none", False),
    ("Travel: No", False),
    ("0% travel", False),
    ("Travel is not required", False),
    ("This role does not require travel", False),
    ("Little to no travel", None),
    ("A leader in the travel industry", None),
    ("Business travel insurance", None),
    ("Travel discounts for staff", None),
    ("Travel expenses are paid", None),
    ("Books travel arrangements", None),
    pytest.param(
        "Expect to spend half of each month at customers' sites", True,
        marks=pytest.mark.xfail(strict=True, reason="travel without the word"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), ON_CALL)
def test_on_call(text: str, value: bool | None) -> None:
    facts = read_facts(JobPosting("Project Manager", text))
    assert facts.on_call is value
    assert ("on_call" in facts.words) == (value is not None)


@pytest.mark.parametrize(("text", "value"), OVERTIME)
def test_overtime(text: str, value: bool | None) -> None:
    facts = read_facts(JobPosting("Project Manager", text))
    assert facts.overtime is value
    assert ("overtime" in facts.words) == (value is not None)


@pytest.mark.parametrize(("text", "value"), TRAVEL)
def test_travel(text: str, value: bool | None) -> None:
    facts = read_facts(JobPosting("Project Manager", text))
    assert facts.travel is value
    assert ("travel" in facts.words) == (value is not None)
