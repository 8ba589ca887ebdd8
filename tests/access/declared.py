"""What each address is meant to need, said a second time: whoever adds one, or changes who may open it, says so here.

PAGES answer to GET (and take a POST as a GET); VERBS answer to POST alone.
"""

from __future__ import annotations

from tongxing.accounts.rights import Right

SIGNED_IN: tuple[Right, ...] = ()  # whoever is signed in, whatever their rights
OPEN = {"public:start", "public:sign-in", "display", "design"}
OPEN_VERBS = {"public:sign-out", "public:enter-demo"}
PAGES = {
    "desk:home": SIGNED_IN,
    "desk:today": (Right.SEE_FIGURES,),
    "desk:gaps": (Right.SEE_LISTS,),
    "desk:gaps-export": (Right.SEE_LISTS, Right.EXPORT_LISTS),
    "desk:questions": (Right.SEE_TASKS,),
    "desk:people": (Right.FIND_PEOPLE,),
    "desk:person": (Right.SEE_PERSON,),
    "desk:person-file": (Right.SEE_PERSON,),
    "desk:person-family": (Right.SEE_PERSON,),
    "desk:person-looks": (Right.SEE_PERSON,),
    "desk:policies": (Right.SEE_POLICIES,),
    "desk:policy": (Right.SEE_POLICIES,),
    "desk:simulate": (Right.SIMULATE,),
    "desk:feeds": (Right.SEND_FEEDS,),
    "desk:feed-template": (Right.SEND_FEEDS,),
    "desk:batch": (Right.SEND_FEEDS,),
    "desk:batch-errors": (Right.SEND_FEEDS,),
    "desk:journal": (Right.SEE_JOURNAL,),
}
VERBS = {
    "desk:person-answer": (Right.SEE_PERSON, Right.ANSWER_FACTS),
    "desk:person-decline": (Right.SEE_PERSON, Right.RECORD_DECLINED),
    "desk:person-unmask": (Right.SEE_PERSON, Right.UNMASK),
    "desk:feed-upload": (Right.SEND_FEEDS,),
    "desk:batch-commit": (Right.SEND_FEEDS,),
    "desk:batch-roll-back": (Right.SEND_FEEDS,),
    "desk:batch-discard": (Right.SEND_FEEDS,),
}
NEEDS = PAGES | VERBS
EVERY = {*OPEN, *OPEN_VERBS, *NEEDS}
