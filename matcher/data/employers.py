"""Words by which an employer's sector shows. Source: our own choice from public names of employers and their kinds."""

NAMES: tuple[tuple[str, str], ...] = (
    ("government", r"city of\b|county of\b|state of\b|town of\b|village of\b|commonwealth of\b|government of\b|county\b(?! (?:hospital|club|bank|school|health system))"
                   r"|(?:department|dept\.?|ministry|bureau|office) of (?!the president)|ministry\b|federal (?:\w+ )?(?:agency|administration|government|reserve|bureau|aviation)|council\b|borough\b|municipal"
                   r"|nhs\b|u\.?s\.? (?:army|navy|air force|department|house|senate|courts|customs|marine|space)|(?:army|navy|air force)\b|civil service\b|hm (?:revenue|prison|courts|treasury|land)|hmrc\b"
                   r"|home office\b|police\b|fire (?:and rescue|department)|(?:transit|port|housing|water|airport|transportation) (?:authority|district)\b|caltrans\b|veterans (?:affairs|health)|nasa\b"
                   r"|government\b(?! (?:solution|service|contract))|council of governments|state (?:department|controller|board|bank of pakistan)"),
    ("healthcare", r"hospitals?\b|health ?(?:care )?system|medical (?:center|centre|group|clinic)|clinics?\b|health (?:trust|services|partners|network|center|centre|board|alliance)\b|hospice\b|nursing home"
                   r"|healthcare (?:trust|system|centre|center|services|nhs)\b|kaiser permanente\b|mayo clinic\b|mass general\b|surgery cent|care homes?\b|ambulance\b|dental (?:practice|clinic|care)"),
    ("education", r"universit|college\b|schools?\b|school district\b|institute of technology\b|academy trust\b|polytechnic\b|education (?:service )?(?:district|authority)|isd\b|unified\b"),
    ("nonprofit", r"foundation\b(?! (?:trust|medicine))|charit(?:y|ies|able)\b|non-?profit\b|ngo\b|red cross\b|ymca\b|unicef\b|goodwill\b|salvation army\b|habitat for humanity\b|united way\b|oxfam\b"),
    ("other", r"(?:inc|llc|l\.l\.c|ltd|limited|gmbh|plc|corp|corporation|s\.?a\.?s?|ag|bv|b\.v|pty|pvt|llp|lp|co)\b\.?(?=$|[ ,)])|company\b|bank\b|technologies\b|solutions\b|software\b|consult(?:ing|ants|ancy)\b"
              r"|recruit(?:ment|ing|ers)?\b|staffing\b|systems\b|motors\b|airlines?\b|pharma(?:ceuticals?)?\b|group\b|labs\b|partners\b|capital\b|insurance\b|engineers\b|industries\b|ventures\b|holdings\b"),
)  # fmt: skip
"""Sector and the pattern of names of employers in it, from the beginning of a word, in the order in which they are tried."""

HEADS: tuple[tuple[str, str], ...] = (
    ("government", r"(?:government|federal|state|public) (?:agency|department|body|authority)|local authority|city council|county council|municipality|public sector (?:body|organi[sz]ation)|government organi[sz]ation"),
    ("healthcare", r"hospitals?\b(?!ity)|health ?(?:care )?systems?|(?:health ?care|healthcare) (?:provider|organi[sz]ation)|medical (?:center|centre)|clinics?\b|nursing home|care home|hospice|medical practice|dental practice"),
    ("education", r"universit(?:y|ies)|(?:community |liberal arts |further education |junior )?college\b|school district|(?:public |private |charter |independent |primary |secondary |business |medical )?schools?\b|research university|academic institution|institution of higher"),
    ("nonprofit", r"(?:non-?profit|not[- ]for[- ]profit)(?! (?:\w+ )?(?:hospital|health|universit|college|clinic|medical|school|academic))|charity|charitable organi[sz]ation|ngo\b|philanthrop\w+|(?:charitable|family|community|philanthropic|grant-?making) foundation"),
    ("other", r"compan(?:y|ies)\b|firm\b|start-?ups?\b|corporation|bank\b|manufacturer|retailer|consultancy|(?:recruitment|marketing|digital|creative|staffing|advertising|software) agency|provider of|supplier|contractor\b|enterprise\b|fintech|(?:saas|software|technology|tech|ai) (?:platform|business|leader|provider|vendor)"
              r"|business\b|brand\b|employer\b|developer of|distributor|studio\b|agency\b|platform\b|producer of|leader in|law practice|partnership\b"),
)  # fmt: skip
"""Sector and the noun that ends "X is a … ", in lower case."""

SIGNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("government", ("calhr", "calcareers", "civil service exam", "civil service rules", "civil service commission", "civil service list", "general schedule (gs)", "usajobs",
      "competitive service", "the city's", "the county's", "merit system", "the county of")),
    ("nonprofit", ("501(c)(3)", "501c3", "501(c)3", "501 (c)(3)", "501c(3)", "registered charity")),
    ("healthcare", ("our hospital", "our nursing home", "our care home", "our clinics", "our wards", "our patients", "the nursing home", "the care home", "the hospital is")),
    ("education", ("our students", "our faculty", "our pupils", "the university's", "the college's", "the school district", "the university is")),
    ("other", ("venture-backed", "venture backed", "y combinator", "ycombinator", "yc-backed", "fortune 50", "fortune 100", "nasdaq:", "nyse:", "(nasdaq", "(nyse", "our company", "our firm",
      "our startup", "our start-up", "well-funded", "our client,", "our client is", "my client", "as a company", "series a", "series b", "series c", "series d", "our business")),
)  # fmt: skip
"""Sector and the words that tell it, in the order in which they are tried."""
