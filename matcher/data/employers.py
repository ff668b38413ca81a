"""Words by which an employer's sector shows. Source: our own choice from public names of employers and their kinds."""

NAMES: tuple[tuple[str, str], ...] = (
    ("government", r"\bcity of\b|\bcounty of\b|\bstate of\b|\btown of\b|\bvillage of\b|\bcommonwealth of\b|\bgovernment of\b|\bcounty\b(?! (?:hospital|club|bank|school|health system))"
                   r"|\b(?:department|dept\.?|ministry|bureau|office) of (?!the president)|\bministry\b|\bfederal (?:\w+ )?(?:agency|administration|government|reserve|bureau|aviation)|\bcouncil\b|\bborough\b|\bmunicipal"
                   r"|\bnhs\b|\bu\.?s\.? (?:army|navy|air force|department|house|senate|courts|customs|marine|space)|\b(?:army|navy|air force)\b|\bcivil service\b|\bhm (?:revenue|prison|courts|treasury|land)|\bhmrc\b"
                   r"|\bhome office\b|\bpolice\b|\bfire (?:and rescue|department)|\b(?:transit|port|housing|water|airport|transportation) (?:authority|district)\b|\bcaltrans\b|\bveterans (?:affairs|health)|\bnasa\b"
                   r"|\bgovernment\b(?! (?:solution|service|contract))|\bcouncil of governments|\bstate (?:department|controller|board|bank of pakistan)"),
    ("healthcare", r"\bhospitals?\b|\bhealth ?(?:care )?system|\bmedical (?:center|centre|group|clinic)|\bclinics?\b|\bhealth (?:trust|services|partners|network|center|centre|board|alliance)\b|\bhospice\b|\bnursing home"
                   r"|\bhealthcare (?:trust|system|centre|center|services|nhs)\b|\bkaiser permanente\b|\bmayo clinic\b|\bmass general\b|\bsurgery cent|\bcare homes?\b|\bambulance\b|\bdental (?:practice|clinic|care)"),
    ("education", r"\buniversit|\bcollege\b|\bschools?\b|\bschool district\b|\binstitute of technology\b|\bacademy trust\b|\bpolytechnic\b|\beducation (?:service )?(?:district|authority)|\bisd\b|\bunified\b"),
    ("nonprofit", r"\bfoundation\b(?! (?:trust|medicine))|\bcharit(?:y|ies|able)\b|\bnon-?profit\b|\bngo\b|\bred cross\b|\bymca\b|\bunicef\b|\bgoodwill\b|\bsalvation army\b|\bhabitat for humanity\b|\bunited way\b|\boxfam\b"),
    ("other", r"\b(?:inc|llc|l\.l\.c|ltd|limited|gmbh|plc|corp|corporation|s\.?a\.?s?|ag|bv|b\.v|pty|pvt|llp|lp|co)\b\.?(?=$|[ ,)])|\bcompany\b|\bbank\b|\btechnologies\b|\bsolutions\b|\bsoftware\b|\bconsult(?:ing|ants|ancy)\b"
              r"|\brecruit(?:ment|ing|ers)?\b|\bstaffing\b|\bsystems\b|\bmotors\b|\bairlines?\b|\bpharma(?:ceuticals?)?\b|\bgroup\b|\blabs\b|\bpartners\b|\bcapital\b|\binsurance\b|\bengineers\b|\bindustries\b|\bventures\b|\bholdings\b"),
)  # fmt: skip
"""Sector and the pattern of names of employers in it, in the order in which they are tried."""

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
