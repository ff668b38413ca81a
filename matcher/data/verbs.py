"""Past tenses that resumes begin their sentences with and that are not formed with -ed.

Source: the verbs of resume guides for project managers, in our own choice.
"""

PRESENT: dict[str, str] = dict(
    pair.split(":")
    for pair in (
        "led:lead ran:run wrote:write kept:keep held:hold built:build drove:drive oversaw:oversee brought:bring "
        "took:take made:make gave:give found:find met:meet set:set chose:choose taught:teach dealt:deal "
        "sought:seek spoke:speak put:put cut:cut won:win grew:grow began:begin got:get sent:send was:be were:be"
    ).split()
)
