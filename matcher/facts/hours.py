"""Working conditions that a posting states: on-call duty, work beyond office hours, travel."""

from typing import NamedTuple

from matcher.facts.page import Found, Page
from matcher.facts.pattern import Pattern


class Condition(NamedTuple):
    """The kind of cues in whose sentences is looked, and the words that say no and yes."""

    cues: str
    no: Pattern
    yes: Pattern


ON_CALL = Condition(
    "on call",
    Pattern(
        r"\b(?:no (?:[\w-]+ ){0,2}on[- ]?call\b|on[- ]call(?: \w+)? (?:is )?not required"
        r"|without (?:any )?on[- ]?call|not (?:be )?on[- ]call\b)"
    ),
    Pattern(
        r"\b(?:on(?<!counselling on)[- ]?call\b(?! (?:with|center|centre|doctor|physician|list of|tooling))"
        r"|24 ?(?:/|x|-) ?7(?: ?/ ?365| ?x ?365)?(?=[\w ,/-]{0,30}\b(?:available|availability(?! (?:and|of|&))"
        r"|on[- ]?call|rota|shift|support rotation|standby|basis|duty|coverage rot))"
        r"|(?:availab\w*|provide|rota\w*|shifts?|required to|be reached|respond)\b[^.\n]{0,40}\b24 ?(?:/"
        r"|x|-) ?7\b|available 24 hours"
        r"|(?:on )?stand-?by (?:rota|duty|duties|rotation|shifts?|basis|roster|support)|pager duty\b"
        r"|round[- ]the[- ]clock (?:availab|on|support rota))"
    ),
)
OVERTIME = Condition(
    "overtime",
    Pattern(
        r"\b(?:no (?:mandatory |forced |required )?(?:overtime|weekends?|evenings? (?:or"
        r"|and) weekends?)\b(?! (?:differential|premium|pay))|overtime (?:is )?not required"
        r"|never (?:work )?(?:overtime|weekends)|without overtime)"
    ),
    Pattern(
        r"\b(?:over time (?:available|required|as needed|work)|overtime\b(?! ?-?:? ?(?:exempt|status|eligib"
        r"|pay (?:requirement|provision)|is not|not|rule|law|regulation|provision|spent|as exempt"
        r"|classification|code))"
        r"|(?:evenings?|nights?)(?: work)?,? ?(?:and|or|&|/|and/or)(?: occasional"
        r"| some)? ?weekends?\b(?! off)|weekends?,? ?(?:and|or|&|/|and/or) ?(?:evenings?|nights?"
        r"|(?:public |bank )?holidays?|after)\b(?! off)"
        r"|weekends?(?: (?:as|when|if) (?:needed|required|necessary|scheduled))|(?:work|works|working"
        r"|occasional|some|every|rotating|alternate|other|required|include[sd]?|including|available|cover"
        r"|rotational|shift)"
        r" (?:a |on |the |some |during |occasional |at |every |other |occasionally |alternate |nights and "
        r"|holidays and )*weekends?\b(?! off| away| trip| getaway| break| free)|weekend (?:work|availab"
        r"|shift|hours|cutover|support|cover|deploy|maintenance|only|rotation|dut|change)"
        r"|evening (?:work|hours|shift|availab|meetings?|calls|support|cutover)|(?:work|works|working"
        r"|occasional|some|early|late) (?:\w+ )?evenings\b"
        r"|outside (?:of )?(?:the )?(?:normal|regular|standard|core|usual|typical|business|working|office"
        r"|traditional)[\w ,/]{0,25}hours|beyond (?:normal|regular|standard|business)[\w ,]{0,20}hours"
        r"|(?:after|off)[- ]hours\b(?! (?:clinic|care|bank|trading))|out[- ]of[- ](?:normal |office "
        r"|business |working |regular )?hours\b|(?<!sit for )(?<!stand for )(?<!sitting for )"
        r"(?<!standing for )(?:irregular|extended|long|unsocial|unsociable|non-?standard|non-?traditional"
        r"|additional|anti-?social|excess) (?:working |work )?hours\b"
        r"|(?:excess of|more than|over|above) (?:40|forty|37\.5|45|50) hours|hours? (?:in excess|beyond))"
    ),
)
TRAVEL = Condition(
    "travel",
    Pattern(
        r"\b(?:no(?<!little to no)(?<!little or no) (?:[\w-]+ ){0,2}travel\b(?! (?:ban|agent|nurse|expens))"
        r"|travel(?: required| requirements?| percentage| time)?\s?[:=-]\s?(?:no\b|none|0 ?%|not required"
        r"|n/a|never)|0 ?% (?:of )?travel"
        r"|travel(?:ling|ing)?(?: \w+)? (?:is |will be )?not (?:be )?(?:required|needed|necessary"
        r"|expected|anticipated)|(?:does|do|will) not (?:require|involve|include) (?:any )?travel"
        r"|without (?:any )?travel\b|travel-free)"
    ),
    Pattern(
        r"\d{1,3} ?%[\w ,/()-]{0,25}\btravel|\b(?:travel\w*[\w ,/()'-]{0,45}?\b\d{1,3} ?(?:%|percent)"
        r"|travel\w*,? (?:\w+ ){0,3}?(?:is |are |will be |may be |might be )?(?:occasionally |also "
        r"|sometimes |regularly )?(?:required|expected|necessary|needed|involved|anticipated)"
        r"|(?:ability|able|willing|willingness|required|expected|prepared|available|availability|need"
        r"|flexible|flexibility|have|happy|opportunity|free|freedom|comfortable"
        r"|must be able) to (?:\w+ ){0,3}?travel\b"
        r"|(?:must|will|may|should|would|shall|frequently|occasionally|regularly|periodically"
        r"|sometimes) (?:be required to |need to |have to |also |be asked to |occasionally "
        r"|regularly )*travel\b(?! (?:agent|with your))"
        r"|(?:requires?|requiring|involves?|includes?|including|some|occasional|frequent|extensive"
        r"|regular|limited|minimal|moderate|light|heavy|periodic|overnight|international|domestic|business"
        r"|local|significant|potential|possible|regional|national|worldwide|global|infrequent|up to)"
        r"(?: (?:some|occasional|frequent|extensive|regular|limited|minimal|overnight|international"
        r"|domestic|business|local|national|regional|light|moderate|air|and|or|us|u\.s\."
        r"|european))* travel(?:l?ing)?\b(?! (?:industry|compan|agenc|agent|brand|insurance|expens|nurs"
        r"|technolog|sector|allowance|discount|arrange|polic|booking|benefit|management|portal|credit|perk"
        r"|stipend|itinerar|reimburs|time|market|app|platform|restriction|spend|assist|accident|plan))"
        r"|travel(?:s|ling|ing)? (?:\w+ ){0,2}?(?:to|between|across|within|throughout|domestically"
        r"|internationally|nationally|locally|overseas|abroad|frequently|occasionally|regularly|extensively"
        r"|as (?:needed|required|necessary))\b(?! work)"
        r"|travel(?: required| requirements?)?\s?[:=-]\s?(?:yes|up to|some|occasional|required|\d|minimal"
        r"|limited|frequent|domestic|international|approx)|field travel|willingness for travel)"
    ),
)
_EXEMPT = Pattern(r"\bflsa\b|\b(?:non-?)?exempt\b|eligib\w+ for (?:\w+ )?overtime|overtime[- ]eligible")
_ASKED = Pattern(r"as (?:needed|required|necessary)|mandatory|may be|required to|must|will be required|occasional")


def read_condition(page: Page, condition: Condition) -> Found | None:
    """True or False with the words that say so; None when the posting does not say. A "no" goes before a "yes"."""
    sentences = page.sentences(condition.cues)
    for value, pattern in ((False, condition.no), (True, condition.yes)):
        for left, right in sentences:
            m = pattern.search(page.plain, left, right)
            if m and not (value and condition is OVERTIME and _legal_note(page, m.span())):
                return Found(value, page.cut(m.start(), m.end()))
    return None


def _legal_note(page: Page, span: tuple[int, int]) -> bool:
    """Whether "overtime" stands in a note on exemption from overtime pay, and is not asked for."""
    left, right = page.sentence(*span)
    sentence = page.plain[left:right]
    return (
        "overtime" in page.plain[span[0] : span[1]] and bool(_EXEMPT.search(sentence)) and not _ASKED.search(sentence)
    )
