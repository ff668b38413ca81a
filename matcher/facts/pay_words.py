"""Words that tell pay from other money: budgets, turnover, bonuses, allowances. Source: our own reading of postings."""

from matcher.data.currencies import WORDS
from matcher.facts.pattern import Pattern

PAY_WORDS = (
    r"salar(?:y|ies)|(?<!co)pay(?:s|ing|scale)?\b(?! gap| system)|wages?\b|(?<!workers' )compensation"
    r"|remuneration|\bctc\b|\bcomp\b|💰|\bote\b"
    r"|(?:hiring|pay|posting|target|budget) range|range for (?:this|the) (?:role|position|job)|(?:day|daily"
    r"|hourly|pay|bill|contract) rates?\b"
    r"|\brates?(?= ?:| ?-| is\b| of\b| up\b)|package(?=\W{0,3}(?:of\b|:|up\b|is\b|between\b|-|£|\$|€))"
    r"|\bhourly(?= ?:? ?$)"
)
PAY = Pattern(PAY_WORDS)
"""Words that name pay."""
CHAIN = Pattern(
    rf"(?:{PAY_WORDS})(?:[\s:(~,.\[/-]*(?:\b(?:ranges?|rates?|is|are|of|from|between|up|upto|to|at|in|the"
    rf"|for|this|that|role|position|job|will|be|"
    r"expected|estimated|anticipated|base|basic|annual|annually|yearly|monthly|hourly|weekly|daily|gross"
    r"|net|offered|offer|negotiable|around|approx|"
    r"approximately|circa|c|ca|min|max|minimum|maximum|starting|starts|start|a|an|per|annum|year|hour|month"
    r"|day|inr|usd|budget|package|scale|"
    r"bracket|band|level|and|compensation|salary|pay|wage|target|typically|currently|about)\b))*[\s:(~,.\[/-]*$"
)
"""A word for pay and nothing but joining words up to the sum: "salary range is between"."""
VETO = Pattern(
    r"budgets?\b|revenue|raised|raising|funding|funded|\bseries [a-f]\b|valuation|valued"
    r"|sign(?:ing)?[- ]?on\b|signing|referral|stipend|allowance"
    r"|reimburs|tuition|assets|insur\w* (?:of|up to|worth|cover)|coverage|portfolio|contract (?:value"
    r"|worth)|401|\bfees?\b|\bcosts?\b|grants?\b|\bsales\b|\barr\b|quota|donat|invest"
    r"|saving|\bsaved?\b|relocation|penalt|\bfines?\b|credit|worth\b|discount|mileage|deductible|match"
    r"|loans?\b|prize|deposit|transaction|turnover"
    r"|\bspend|deals?\b|market\b|backed|gift|reward|(?:annual|retention|hiring|welcome|performance"
    r"|quarterly|monthly|weekly|completion|\ba|of|and) bonus"
    r"|bonus(?:es)?(?= ?(?:of|:|up|-))|projects\b|accounts? (?:of|over|from)|per diem|scholarship|threshold"
    r"|limit|purchas|price|customers?\b|users?\b"
    r"|generat|processed|manag(?:e|es|ing) |managed|value of|professional development|learning (?:and|&|budget)"
    r"|education(?:al)? (?:budget|of)|copay|premium|expens|pay system|fertility|adoption|surroga"
    r"|family[- ](?:form|build)|equity (?:of|worth)"
)
"""Words before a sum that make it something else than pay."""
VETO_NEXT = Pattern(
    r" ?(?:(?!plus\b|and\b|with\b|base\b|salary\b|or\b|ote\b|per\b|doe\b)[a-z'/-]+ ){0,3}?"
    r"(?:budgets?|bonus(?:es)?|stipends?|sign-?on|signing|referral|allowances?|tuition|reimburse\w*|revenue"
    r"|funding|valuation|assets|arr\b|turnover|sales\b"
    r"|credits?\b|investments?|contributions?|grants?\b|portfolio|projects?|contracts|deals?|raised"
    r"|in (?:capital|savings|funding|revenue|equity)|series [a-f]\b"
    r"|transactions|donations?|worth of|deductible|coverage|insurance|401|gift|relocation|match\b|matching"
    r"|commission|equity grant|towards?|fertility|family|adoption|to (?:cover|spend|use|help|put|set up)"
    r"|for (?:home|learning|adopt|fertil"
    r"|training|equipment|wellness|health|internet|phone|education|books|your (?:home|learning|desk))"
    r"|million|billion)|\+? ?(?:employees|customers|users|people|hours|clients|%)"
)
"""Words after a sum that make it something else than pay."""
SHORT = Pattern(
    r"(?P<max>up ?to|max(?:imum)?\.?(?: of)?|as much as)|(?P<min>from|starting(?: salary)?(?: at| from"
    r"| of)?|starts?(?: at| from)|min(?:imum)?\.?(?: of)?|at least"
    r"|in excess of|over)|(?P<near>circa|ca?\.|c(?= ?£)|around|approx\.?|approximately|between|~|about)"
)
"""Words that make a sum the most, the least or about what is paid."""
SHORT_BEFORE = Pattern(rf"(?:^|(?<=[\s:(|,~/-]))(?:{SHORT.pattern})[\s:~]{{0,3}}$")
LEAST, MOST = Pattern(r"\bmin(?:imum)?\b(?! wage)|\bbetween\b"), Pattern(r"\bmax(?:imum)?\b")
ALONE = Pattern(
    r"[ )\]]{0,3}(?:$|[\n|,;)•+🌎]|\.(?:\s|$)|-\s|\(|(?:plus|basic|base|super|doe|depending|dependent|ote"
    r"|package|neg\b|negotiable|dep\b|based on|inside|outside"
    r"|with|and (?:equity|bonus|benefits)|excellent|bens|benefits|incl|inc\b|pro rata|salary|gross|per)\b)"
)
"""What may follow a sum that stands for a salary without a word for pay."""

TAIL = Pattern(
    r"\s?(?:[-~]|to)\s?[$£€₹]"
    r"|(?:\s?(?:[-~]|to)\s?\d[\d.,]*)?\s?(?:k\b|l\.?p\.?a|l\b|lakh|lac|[$£€₹¥]|cr\b|thousand|zł|kč|(?:/ ?"
    r"|p/?)h(?:ou)?r?\b|(?:per|an) (?:hour|annum)"
    rf"|(?:{'|'.join(WORDS)})\b)"
)
"""What follows a number without a mark before it that may be money."""
BARE_MARK = Pattern(r"\d{1,3} ?\$")
"""A small number and a dollar sign behind it, more often the sign of what follows."""
