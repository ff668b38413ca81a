import json
import math
import random
import subprocess
import sys

import pytest

from matcher import JobPosting, Matcher
from matcher.errors import InputError, LanguageError, PostingError
from matcher.ingest import read_rows
from matcher.profile import SKILLS, TYPES
from tests.conftest import NETWORK, ROOT, shared


def test_a_network_refresh_is_networking_with_reasons_and_words(matcher, network):
    match = matcher.score(network)
    assert match.type == "networking"
    assert "duties manage projects" in match.summary
    asked = {skill.id: skill for skill in match.skills}
    assert asked["status_reporting"].probability > 0.5
    assert "weekly status report" in asked["status_reporting"].evidence[0].text
    assert asked["education"].evidence[0].strength == "required"
    assert match.facts["salary_annual_min"] == 95000


def test_probabilities_add_up_and_match_is_the_sum_of_shares(matcher, network):
    match = matcher.score(network)
    assert math.isclose(sum(match.probabilities[name] for name in TYPES), 1)
    weights = {skill.id: skill.weight for skill in matcher.profile.skills}
    total = sum(weights[skill.id] * skill.probability for skill in match.skills)
    assert math.isclose(match.match, total, abs_tol=1e-4)
    assert 0 <= match.match <= 1


@pytest.mark.parametrize(
    "words", ["", "Cook meals. Serve guests. Clean the kitchen.", "Splice fiber and run OSP crews and projects."]
)
def test_reasons_add_up_to_the_difference_of_the_scores(matcher, network, words):
    from matcher.classifier import word_terms
    from matcher.reading import Units, read

    posting = JobPosting("Lead", words) if words else network
    match = matcher.score(posting)
    reading = read(Units.of(posting), matcher.model.sentence)
    exact = matcher.model.types.decision.probabilities(matcher.model.types.inputs(reading, word_terms(reading)))
    lead = math.log(exact[TYPES.index(match.type)] / exact[TYPES.index(match.runner_up)])
    assert math.isclose(sum(reason.weight for reason in match.reasons), lead, abs_tol=1e-3)


@pytest.mark.parametrize(
    "form",
    [
        lambda p, _: {"title": p.title, "description": p.description, "company": p.company, "location": p.location},
        lambda p, write: write("p.txt", f"{p.title}\n\n{p.description}"),
        lambda p, write: write("p.json", {"title": p.title, "description": p.description}),
    ],
)
def test_every_form_of_a_posting_scores_the_same(matcher, network, write, form):
    assert matcher.score(form(network, write)).probabilities == matcher.score(network).probabilities


def test_a_file_without_or_with_several_postings_is_refused(matcher, write):
    with pytest.raises(InputError, match="more than one posting"):
        matcher.score(write("two.jsonl", [{"title": "a", "description": "b"}] * 2))
    with pytest.raises(PostingError, match="no description"):
        matcher.score(write("none.jsonl", [{"title": "a"}]))


def test_alone_or_among_many_the_score_is_the_same(matcher, network):
    others = [JobPosting("Cook", f"Cook meal number {number}.") for number in range(50)]
    among = list(matcher.score_many([*others, network, *others]))[50]
    assert among == matcher.score(network)


@pytest.mark.parametrize(
    "description",
    [
        "x",
        "???!",
        "1 2 3",
        "a" * 100_000,
        "word " * 20_000,
        "\n".join(["- Plan the project"] * 3000),
        "\x00\x1b[31m",
    ],
)
def test_odd_postings_score_without_trouble(matcher, description):
    match = matcher.score(JobPosting("", description))
    assert match.type in TYPES
    assert len(match.skills) == len(SKILLS)
    json.dumps(match.to_row())


def test_another_language_is_refused_by_its_name(matcher):
    posting = JobPosting("项目经理", "计划 项目 管理")
    with pytest.raises(LanguageError, match=r"in another language \(zh\)"):
        matcher.score(posting)
    with pytest.raises(LanguageError):
        list(matcher.score_many([posting]))


def test_evidence_is_exactly_the_postings_words_on_real_postings(matcher):
    rows = list(read_rows(shared("pool/postings.jsonl.gz")))
    for row in random.Random(1).sample(rows, 150):
        match = matcher.score(row.fields)
        for skill in match.skills:
            assert len(skill.evidence) <= 3
            for words in skill.evidence:
                assert words.text == match.posting.description[words.start : words.end]
                assert words.text.strip()


@pytest.mark.parametrize("page", [False, True])
def test_scoring_imports_no_learning_library_and_no_compiler(write, page):
    name = str(ROOT / "demo" / "posting.html") if page else write("p.txt", f"Project Manager\n\n{NETWORK}")
    heavy = ("sklearn", "scipy", "pandas", "numba", "pyarrow", "joblib", "requests")
    code = (
        "import sys; from matcher.cli import main; main(['score', sys.argv[1], '--json']); "
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, name], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_heavier_skill_adds_more_without_retraining(matcher, network, write):
    profile = write(
        "p.toml",
        'schema = 1\n[[skills]]\nid = "status_reporting"\nweight = 3\n[[skills]]\nid = "education"\nweight = 1\n',
    )
    one = Matcher.load(profile=profile).score(network)
    assert [skill.id for skill in one.skills] == ["education", "status_reporting"]
    assert one.match > matcher.score(network).match
