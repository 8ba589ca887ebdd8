"""What households look like, by the age of the certificate holder in them.

A member is written `<who><relation to the head>`. Who: A the holder, S spouse, F father, M mother, B sibling, G and H
grandfather and grandmother, C child, I child's spouse, K grandchild. Relation: h head, s spouse, c child, p parent,
g grandchild, b sibling.
"""

from __future__ import annotations

RELATIONS = {
    "h": "head",
    "s": "spouse",
    "c": "child",
    "p": "parent",
    "g": "grandchild",
    "b": "sibling",
    "o": "other",
}

# (first age, last age) → household → how often
LIFE_STAGES: dict[tuple[int, int], dict[str, float]] = {
    (0, 17): {
        "Ac Fh Ms": 22,
        "Ac Fh Ms Bc": 27,
        "Ac Fh Ms Bc Bc": 12,
        "Ac Fh Ms Bc Gp": 6,
        "Ac Fh Ms Bc Gp Hp": 9,
        "Ac Mh": 5,
        "Ac Mh Bc": 4,
        "Ac Fh Hp": 3,
        "Ag Gh Hs": 5,
        "Ag Hh": 3,
        "Ag Gh Hs Bg": 3,
        "Ah": 0.4,
    },
    (18, 34): {
        "Ah": 12,
        "Ac Fh Ms": 28,
        "Ac Fh Ms Bc": 16,
        "Ac Mh": 9,
        "Ac Fh": 5,
        "Ah Ss": 4,
        "Ah Ss Cc": 8,
        "Ah Ss Cc Cc": 6,
        "Ac Fh Ms Bc Gp": 6,
        "As Sh Cc": 6,
    },
    (35, 49): {
        "Ah": 19,
        "Ah Ss": 9,
        "As Sh Cc": 11,
        "Ah Ss Cc": 11,
        "Ah Ss Cc Cc": 14,
        "As Sh Cc Cc Hp": 5,
        "Ah Ss Cc Cc Mp": 6,
        "Ac Mh": 9,
        "Ac Fh Ms": 7,
        "Ac Fh Ms Bc": 3,
        "Ab Bh": 3,
    },
    (50, 59): {
        "Ah": 20,
        "Ah Ss": 17,
        "As Sh Cc": 8,
        "Ah Ss Cc": 13,
        "Ah Ss Cc Cc": 12,
        "As Sh Cc Ic Kg": 6,
        "Ah Ss Cc Ic Kg Kg": 8,
        "Ac Mh": 8,
        "Ac Fh Ms": 2,
        "Ab Bh": 3,
    },
    (60, 79): {
        "Ah": 19,
        "Ah Ss": 20,
        "As Sh": 13,
        "Ah Ss Cc": 8,
        "Ah Ss Cc Ic": 6,
        "As Sh Cc Kg": 7,
        "As Sh Cc Ic Kg": 7,
        "Ah Ss Cc Ic Kg Kg": 10,
        "Ap Ch Is Kc": 5,
        "Ap Ch Is Kc Kc": 6,
        "Ah Ss Kg": 5,
        "Ah Cc": 5,
    },
    (80, 104): {
        "Ah": 19,
        "Ah Ss": 15,
        "As Sh": 6,
        "Ap Ch Is": 10,
        "Ap Ch Is Kc": 20,
        "Ap Sp Ch Is Kc": 10,
        "Ap Ch Is Kc Kc": 9,
        "Ah Cc": 10,
    },
}
