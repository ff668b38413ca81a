import pytest

from matcher import text as text_module
from matcher.text import html_to_text, plain_text, sentences


def cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plan the work. Report weekly.", ["Plan the work.", "Report weekly."]),
        ("- Plan the work\n- Report weekly", ["Plan the work", "Report weekly"]),
        ("• Plan the work • Report weekly", ["Plan the work", "Report weekly"]),
        ("* Plan the work\n* Report weekly\n", ["Plan the work", "Report weekly"]),
        ("1. Plan the work\n2) Report weekly", ["Plan the work", "Report weekly"]),
        ("Duties:Plan the work", ["Duties:", "Plan the work"]),
        ("Keep the gaps small Manage the vendors daily", ["Keep the gaps small", "Manage the vendors daily"]),
        ("Good outcomes.Strong communication is needed", ["Good outcomes.", "Strong communication is needed"]),
        ("Tools, e.g. Jira, i.e. trackers, are used.", ["Tools, e.g. Jira, i.e. trackers, are used."]),
        ("Work for Acme Inc. and others in the U.S. market", ["Work for Acme Inc. and others in the U.S. market"]),
        ("A Certified Project Management Professional leads", ["A Certified Project Management Professional leads"]),
        ("JavaScript and DevOps with GitHub", ["JavaScript and DevOps with GitHub"]),
        ("Bachelor's degree; PMP preferred; CSM a plus", ["Bachelor's degree", "PMP preferred", "CSM a plus"]),
        ("Jira; Confluence; Excel", ["Jira; Confluence; Excel"]),
        ("", []),
        ("…\n---\n***", []),
        ("5-7 years - Min 4 of them abroad", ["5-7 years", "Min 4 of them abroad"]),
    ],
)
def test_sentences(text, expected):
    assert cut(text) == expected


@pytest.mark.parametrize(
    "text", ["a. B. C? D! " * 50, "\n\n- \n x", "é • ü\r\n• ñ", "word " * 5000, "A" * 100_000, "x; " * 200]
)
def test_spans_are_inside_in_order_and_not_empty(text):
    at = 0
    for start, end in sentences(text):
        assert at <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip(" \t\r")
        at = end


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One</p><p>Two &amp; three</p>", "One\nTwo & three"),
        ("<ul><li>One</li><li><p>Two</p></li></ul>", "- One\n- Two"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("<script>alert(1)</script><style>p{}</style>Text", "Text"),
        ("<p>a  b\n c</p><!-- note -->", "a b c"),
        ("<div>" * 3000 + "deep" + "</div>" * 3000, "deep"),
    ],
)
def test_html_to_text(markup, expected):
    assert html_to_text(markup) == expected


@pytest.mark.parametrize(
    ("markup", "short"),
    [
        ("<p>One <b>two</b></p>\n<UL><li>Three &amp; four</li><li>R & D &#x2F; ops</li></UL>five<br/>six", True),
        ("<div><h2>What</h2><p>a&nbsp;b &rsquo;c&hellip; <a href=x>link</a></p></div>&#8226; d", True),
        ("<ol><li><p>One</p><li>Two</ol>tail &lt;b&gt;", True),
        ("<p>a&emsp;b&#x2028;c&nbsp; d</p>", True),
        ("<p>AT&T &copyright &#150; &#7; &unknown;</p>", False),
        ("<p>5 < 6</p>", False),
        ("<p>one<!-- two --></p><script>three</script>", False),
        ("<pre>\n a\n b</pre><p>c</p>", False),
    ],
)
def test_plain_tags_need_no_tree(markup, short, monkeypatch):
    found = html_to_text(markup)
    assert (text_module._without_tags(markup) is not None) == short
    monkeypatch.setattr(text_module, "_without_tags", lambda _: None)
    assert found == html_to_text(markup)


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("plain  text,\n kept & as < it > is", "plain  text,\n kept & as < it > is"),
        ("&lt;p&gt;Escaped&lt;/p&gt;&lt;p&gt;twice&lt;/p&gt;", "Escaped\ntwice"),
        ("R&amp;D\nlead", "R&D\nlead"),
        ("first\nsecond <b>bold</b>", "first\nsecond bold"),
    ],
)
def test_plain_text(description, expected):
    assert plain_text(description) == expected
