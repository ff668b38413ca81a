"""Certifications that postings for project and IT work name, under their canonical names.

Source: the names that their issuers use (PMI, PeopleCert/AXELOS, Scrum Alliance, Scrum.org, Scaled Agile, Cisco,
CompTIA, ISC2, ISACA, ASQ, AWS, Microsoft, Google, BICSI, Epic, The Open Group, OSHA, IIBA …), and our own choice.
"""

from typing import NamedTuple


class Certification(NamedTuple):
    """A certification, the words it is found by, and how sure they are.

    ``words`` are literals in lower case; ``safe=SAFe`` must also stand with those capitals, ``pe licen*`` begins a word.
    ``kind``: ``name`` stands for itself; ``method`` is also a way of working, and needs a word such as "certified" or
    a certification of kind ``name`` in its sentence; ``near`` is also a product, and needs that word beside it;
    ``doubtful`` is also short for something else, and needs what ``method`` needs.
    """

    name: str
    words: tuple[str, ...]
    kind: str = "name"


CERTIFICATIONS: tuple[Certification, ...] = (
    Certification("PMP", ("pmp", "project management professional=Project Management Professional")),
    Certification("PRINCE2", ("prince2", "prince 2", "prince ii"), "method"),
    Certification("CAPM", ("capm", "certified associate in project management")),
    Certification("PMI-ACP", ("pmi-acp", "pmi acp", "agile certified practitioner")),
    Certification("PgMP", ("pgmp", "program management professional=Program Management Professional")),
    Certification("PfMP", ("pfmp",)),
    Certification("PMI-RMP", ("pmi-rmp", "pmi rmp")),
    Certification("PMI-SP", ("pmi-sp",)),
    Certification("PMI-PBA", ("pmi-pba",)),
    Certification("CSM", ("csm", "certified scrum master", "certified scrummaster"), "doubtful"),
    Certification("A-CSM", ("a-csm",)),
    Certification("PSM", ("psm", "psm i", "psm1", "professional scrum master"), "doubtful"),
    Certification("CSPO", ("cspo", "certified scrum product owner")),
    Certification("PSPO", ("pspo",)),
    Certification("CSP", ("certified scrum professional", "csp-sm")),
    Certification("SAFe", ("safe=SAFe", "safe=SAFE", "scaled agile framework", "leading safe", "safe agilist"), "method"),
    Certification("ICAgile", ("icagile", "icp-acc", "icp-apm")),
    Certification("AgilePM", ("agilepm",)),
    Certification("MSP", ("msp practitioner", "msp foundation", "msp certified", "msp certification", "managing successful programmes")),
    Certification("APM PMQ", ("apmp", "apm pmq", "apm project management qualification")),
    Certification("ITIL", ("itil",), "method"),
    Certification("TOGAF", ("togaf",), "method"),
    Certification("COBIT", ("cobit",), "method"),
    Certification("CBAP", ("cbap",)),
    Certification("Prosci", ("prosci",), "method"),
    Certification("Six Sigma Green Belt", ("green belt",)),
    Certification("Six Sigma Black Belt", ("black belt",)),
    Certification("Six Sigma", ("six sigma", "6 sigma", "lssgb", "lssbb"), "method"),
    Certification("Lean", ("lean=Lean",), "near"),
    Certification("CCNA", ("ccna",)),
    Certification("CCNP", ("ccnp",)),
    Certification("CCIE", ("ccie",)),
    Certification("CCDA", ("ccda",)),
    Certification("CCDP", ("ccdp",)),
    Certification("JNCIA", ("jncia",)),
    Certification("CWNA", ("cwna",)),
    Certification("CompTIA A+", ("a+",), "doubtful"),
    Certification("CompTIA Network+", ("network+", "net+")),
    Certification("CompTIA Security+", ("security+", "sec+")),
    Certification("CompTIA Project+", ("project+",)),
    Certification("CompTIA Server+", ("server+",)),
    Certification("CompTIA Linux+", ("linux+",)),
    Certification("CISSP", ("cissp",)),
    Certification("CISM", ("cism",)),
    Certification("CISA", ("cisa",), "doubtful"),
    Certification("CRISC", ("crisc",)),
    Certification("CEH", ("ceh", "certified ethical hacker")),
    Certification("OSCP", ("oscp",)),
    Certification("GIAC", ("giac",)),
    Certification("CCSP", ("ccsp",)),
    Certification("MCSE", ("mcse",)),
    Certification("MCSA", ("mcsa",)),
    Certification("RHCE", ("rhce",)),
    Certification("RHCSA", ("rhcsa",)),
    Certification("VCP", ("vcp", "vcp-dcv"), "doubtful"),
    Certification("CKA", ("cka", "certified kubernetes administrator")),
    Certification("AWS", ("aws", "amazon web services"), "near"),
    Certification("Azure", ("azure",), "near"),
    Certification("Azure", ("az-104", "az-305", "az-900", "az-400")),
    Certification("Google Cloud", ("gcp", "google cloud"), "near"),
    Certification("Salesforce", ("salesforce",), "near"),
    Certification("ServiceNow", ("servicenow",), "near"),
    Certification("Epic", ("epic=Epic", "epic=EPIC"), "near"),
    Certification("RCDD", ("rcdd", "registered communications distribution designer")),
    Certification("BICSI", ("bicsi",), "method"),
    Certification("RTPM", ("rtpm",)),
    Certification("OSHA 10", ("osha 10", "osha-10", "osha10", "10-hour osha", "10 hour osha")),
    Certification("OSHA 30", ("osha 30", "osha-30", "osha30", "30-hour osha", "30 hour osha", "osha 10/30", "osha 10 or 30")),
    Certification(
        "PE",
        (
            "professional engineer licen*", "licensed professional engineer", "pe licen*", "p.e. licen*", "pe registration", "professional engineer (pe)",
            "professional engineer (p.e.)", "registered professional engineer", "professional engineering licen*",
        ),
    ),
    Certification("CPA", ("cpa", "certified public accountant"), "doubtful"),
    Certification("CMA", ("certified management accountant",)),
    Certification("CFA", ("cfa", "chartered financial analyst"), "doubtful"),
    Certification("CCM", ("certified construction manager",)),
    Certification("LEED", ("leed ap", "leed accredited", "leed green associate")),
    Certification("SHRM-CP", ("shrm-cp", "shrm-scp")),
    Certification("PHR", ("phr", "sphr"), "doubtful"),
    Certification("CPIM", ("cpim",)),
    Certification("CSCP", ("cscp",)),
    Certification("CPHIMS", ("cphims",)),
)  # fmt: skip

PROOF = r"certif|accredit|credential|licen[sc]|designation|practitioner|foundation level|foundation cert|\bv[34]\b|belt\b|qualified|agilist|charter"
"""Words that make the name of a method or a product the name of a certification."""
