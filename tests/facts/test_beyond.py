import json

import pyarrow.parquet as pq
import pytest

from matcher import JobPosting, Matcher
from matcher.batch import Run, classify
from matcher.data.tools import TOOLS
from matcher.facts import read_facts

ROWS = [
    ("", ()),
    ("Plan the work and lead the team.", ()),
    ("Experience with Jira, Confluence and MS Project", ("Jira", "Confluence", "Microsoft Project")),
    ("JIRA/Confluence; jira again", ("Jira", "Confluence")),
    ("Primavera P6 or Smartsheet", ("Primavera P6", "Smartsheet")),
    ("Primavera or Oracle P6", ("Primavera P6",)),
    ("Work with the Primavera Sound festival", ()),
    ("Azure DevOps boards", ("Azure DevOps",)),
    ("Azure and Azure DevOps", ("Azure", "Azure DevOps")),
    ("Microsoft SQL Server, MySQL and NoSQL", ("SQL Server", "MySQL")),
    ("advanced SQL", ("SQL",)),
    ("Microsoft Office suite (Word, Excel, PowerPoint)", ("Microsoft Office", "Excel", "PowerPoint")),
    ("MS Excel and MS\xa0Word", ("Excel", "Word")),
    ("Excel at building relationships", ()),
    ("- Excel in a fast-paced place", ()),
    ("You will excel here. Excel as a leader!", ()),
    ("- Excel and PowerPoint skills", ("Excel", "PowerPoint")),
    ("Good with Excel for reports", ("Excel",)),
    ("Cut the slack; give others some slack", ()),
    ("We talk in Slack", ("Slack",)),
    ("Rally the team behind the goal", ()),
    ("a remedy for delays, a notion of quality, zoom in on details", ()),
    ("Cisco Meraki and Cisco switches", ("Cisco Meraki", "Cisco")),
    ("ASAP, Saphire, outlook on life, access to data, in a word", ()),
    ("SAP S/4HANA and SAP", ("SAP S/4HANA", "SAP")),
    ("JavaScript, not Java", ("JavaScript", "Java")),
    ("C# on .NET; see www.salesforce.com or mail jo@servicenow.com or foo.net", (".NET",)),
    ("an epic journey; a palo alto office", ()),
    (".NET first, then Jira+Confluence", (".NET", "Jira", "Confluence")),
    ("Epic EHR and Palo Alto firewalls", ("Epic EHR", "Palo Alto Networks")),
    ("Power BI/Tableau", ("Power BI", "Tableau")),
    ("İstanbul office: AutoCAD, Procore", ("AutoCAD", "Procore")),
    ("Must hold an active Secret security clearance", ("Secret clearance",)),
    ("Ability to obtain a Secret US Security Clearance", ("Secret clearance",)),
    ("Security Clearance: Secret", ("Secret clearance",)),
    ("Clearance Level: SECRET", ("Secret clearance",)),
    ("Active TS/SCI with polygraph", ("Top Secret/SCI clearance",)),
    ("Top Secret/SCI clearance", ("Top Secret/SCI clearance",)),
    ("Top Secret clearance with Visio", ("Top Secret clearance", "Visio")),
    ("current TS clearance", ("Top Secret clearance",)),
    ("Secret clearance; able to get TS/SCI", ("Secret clearance", "Top Secret/SCI clearance")),
    ("Public Trust clearance", ("Public Trust clearance",)),
    ("DOE Q clearance", ("DOE Q clearance",)),
    ("You must be SC cleared", ("UK SC clearance",)),
    ("DV clearance is required", ("UK DV clearance",)),
    ("BPSS is the minimum", ("BPSS clearance",)),
    ("able to obtain security clearance", ("security clearance",)),
    ("No security clearance needed", ()),
    ("A security clearance is not required", ()),
    ("Security clearance: none", ()),
    ("SECURITY CLEARANCE: There are no security clearance requirements", ()),
    ("customs clearance, graduation clearance, trade secrets, the public trust", ()),
    ("our people hold the highest levels of security clearance", ()),
]


@pytest.mark.parametrize(("text", "names"), ROWS)
def test_what_a_text_asks_for(text, names):
    assert read_facts(JobPosting("", text)).beyond == names


def test_names_and_forms_stand_once():
    lines = [line.partition(": ") for line in TOOLS.strip().splitlines()]
    names = [name for name, _, _ in lines]
    forms = [form for _, _, listed in lines for form in listed.split("; ")]
    assert len(set(names)) == len(names) >= 150
    assert len(set(forms)) == len(forms)
    assert all(form == form.strip() and (form[0] in "=~" or form == form.lower()) for form in forms)


def test_a_match_tells_what_the_profile_does_not_hold(matcher, write):
    posting = JobPosting("Project Manager", "Lead the rollout with Jira and Visio. PMP required. Secret clearance.")
    match = matcher.score(posting)
    assert match.beyond == ("PMP", "Secret clearance", "Jira", "Visio")
    assert match.to_row()["evidence"]["beyond"] == list(match.beyond)
    own = write("p.toml", 'schema = 1\nholds = ["pmp", "Jira"]\n[[skills]]\nid = "education"\nweight = 1\n')
    match = Matcher.load(profile=own).score(posting)
    assert match.beyond == ("Secret clearance", "Visio")
    assert match.facts["certifications"] == ["PMP"]


def test_what_is_beyond_goes_into_every_output_with_evidence(write, tmp_path):
    source = write("in.jsonl", [{"title": "PM", "description": "Lead the rollout with Jira. PMP required."}])
    for suffix in ("jsonl", "parquet"):
        output = tmp_path / f"out.{suffix}"
        classify([source], str(output), Run())
        rows = pq.read_table(output).to_pylist() if suffix == "parquet" else [json.loads(output.read_text("utf-8"))]
        assert rows[0]["evidence"]["beyond"] == ["PMP", "Jira"]


def test_a_long_text_is_no_trouble():
    facts = read_facts(JobPosting("", "SQL server, secret clearance. " * 20_000))
    assert facts.beyond == ("Secret clearance", "SQL Server")
