"""Certifications: text → names, each required or preferred."""

import pytest

from matcher.facts import read_facts
from matcher.posting import JobPosting

REQ, PREF = "required", "preferred"

NAMED = [
    ("PMP required", [("PMP", REQ)]),
    ("PMP preferred", [("PMP", PREF)]),
    ("PMP- preferred", [("PMP", PREF)]),
    ("-PMP or CAPM+CSM certificate", [("PMP", REQ), ("CAPM", REQ), ("CSM", REQ)]),
    ("CCNA-Security", [("CCNA", REQ)]),
    ("PMP® certification", [("PMP", REQ)]),
    ("PMP or equivalent required", [("PMP", REQ)]),
    ("PMP certification is a plus", [("PMP", PREF)]),
    ("PMP certification strongly preferred but not required", [("PMP", PREF)]),
    ("PMP not required but nice to have", [("PMP", PREF)]),
    ("Preferred: PMP", [("PMP", PREF)]),
    ("Ideally PMP certified", [("PMP", PREF)]),
    ("Must have PMP; CSM certification preferred", [("PMP", REQ), ("CSM", PREF)]),
    ("PMP required, CSM certification preferred", [("PMP", REQ), ("CSM", PREF)]),
    ("PMP, PRINCE2 or CAPM preferred", [("PMP", PREF), ("PRINCE2", PREF), ("CAPM", PREF)]),
    ("Bachelor's degree required, PMP preferred", [("PMP", PREF)]),
    ("Preferred qualifications:\n- PMP\n- ITIL Foundation certificate", [("PMP", PREF), ("ITIL", PREF)]),
    ("Nice to have:\n- CCNA", [("CCNA", PREF)]),
    ("Requirements:\n- CCNA or CCNP", [("CCNA", REQ), ("CCNP", REQ)]),
    ("Desirable: PRINCE2 practitioner", [("PRINCE2", PREF)]),
    ("Project Management Professional (PMP) certification", [("PMP", REQ)]),
    ("PgMP or PfMP", [("PgMP", REQ), ("PfMP", REQ)]),
    ("PMI-ACP is an asset", [("PMI-ACP", PREF)]),
    ("Certified Scrum Master (CSM)", [("CSM", REQ)]),
    ("Certified ScrumMaster required", [("CSM", REQ)]),
    ("PSM I or CSM certification", [("PSM", REQ), ("CSM", REQ)]),
    ("CSPO certification desired", [("CSPO", PREF)]),
    ("SAFe certification", [("SAFe", REQ)]),
    ("SAFe Agilist preferred", [("SAFe", PREF)]),
    ("ITIL certified", [("ITIL", REQ)]),
    ("ITIL v4 Foundation certification required", [("ITIL", REQ)]),
    ("CCIE a plus", [("CCIE", PREF)]),
    (
        "CompTIA A+, Network+ and Security+ required",
        [("CompTIA A+", REQ), ("CompTIA Network+", REQ), ("CompTIA Security+", REQ)],
    ),
    ("CompTIA Project+ or CAPM", [("CompTIA Project+", REQ), ("CAPM", REQ)]),
    ("CISSP, CISM or CISA", [("CISSP", REQ), ("CISM", REQ), ("CISA", REQ)]),
    ("Lean Six Sigma Green Belt", [("Six Sigma Green Belt", REQ)]),
    ("Six Sigma Black Belt preferred", [("Six Sigma Black Belt", PREF)]),
    ("Six Sigma certification", [("Six Sigma", REQ)]),
    ("Lean certification a plus", [("Lean", PREF)]),
    ("AWS Certified Solutions Architect", [("AWS", REQ)]),
    ("Azure certification preferred", [("Azure", PREF)]),
    ("Google Cloud certified", [("Google Cloud", REQ)]),
    ("AZ-104 required", [("Azure", REQ)]),
    ("RCDD required, BICSI Technician certification", [("RCDD", REQ), ("BICSI", REQ)]),
    ("Epic certification required within 6 months", [("Epic", REQ)]),
    ("TOGAF 9 certified", [("TOGAF", REQ)]),
    ("COBIT certification desirable", [("COBIT", PREF)]),
    ("OSHA 30 required", [("OSHA 30", REQ)]),
    ("OSHA 10 card", [("OSHA 10", REQ)]),
    ("PE license preferred", [("PE", PREF)]),
    ("Licensed Professional Engineer required", [("PE", REQ)]),
    ("CPA qualified", [("CPA", REQ)]),
    ("The PMP credential must be held", [("PMP", REQ)]),
    ("PMP. Works with vendors. PMP preferred.", [("PMP", PREF)]),
    ("PMP preferred for this grade.\nPMP required for promotion.", [("PMP", REQ)]),
    # not a certification
    ("Works as Scrum Master with two teams", []),
    ("Knowledge of ITIL processes", []),
    ("PRINCE2 methodology", []),
    ("The CSM owns the customer after the sale", []),
    ("A safe place to work", []),
    ("Lean manufacturing and lean teams", []),
    ("Six sigma mindset", []),
    ("Experience with AWS and Azure", []),
    ("Epic features and user stories", []),
    ("CPA and CPC campaigns on paid search", []),
    ("CISA publishes alerts", []),
    ("Grade A+ customer service", []),
    ("PE firms and venture funds", []),
    ("OSHA regulations", []),
    ("SAFe environment, PI planning", []),
    ("Great Place To Work certified", []),
    pytest.param(
        "Certified in project management by a well-known institute", [("PMP", REQ)],
        marks=pytest.mark.xfail(strict=True, reason="no name, no certification"),
    ),
    ("You lead a team of PMPs", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), NAMED)
def test_names(text: str, names: list[tuple[str, str]]) -> None:
    facts = read_facts(JobPosting("Project Manager", text))
    assert sorted(facts.certifications) == sorted(names)
    assert ("certifications" in facts.words) == bool(names)


def test_in_the_order_of_the_text() -> None:
    facts = read_facts(JobPosting("Project Manager", "ITIL certified, CCNA, PMP"))
    assert [name for name, _ in facts.certifications] == ["ITIL", "CCNA", "PMP"]
    assert facts.words["certifications"] == "ITIL; CCNA; PMP"
