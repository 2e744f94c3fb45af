"""Papers of worked examples, and papers by chance."""

from collections import Counter

from hypothesis import strategies as st

CHOICES = ("1", "2", "3", "4")
PRICES = {"1": 50, "2": 30, "3": 30, "4": 70}
CRITERIA = [
    {"key": "1", "title": "Importance", "weight": 3},
    {"key": "2", "title": "Feasibility", "weight": 1},
]

#: Each way of voting: its method, and what the method needs to know.
WAYS = {
    "yes_no": ("yes_no", {}),
    "approval": ("approval", {}),
    "dots": ("dots", {"dots": 5}),
    "score": ("score", {}),
    "criteria": ("score", {"criteria": CRITERIA}),
    "schulze": ("ranking", {"count": "schulze"}),
    "runoff": ("ranking", {"count": "runoff"}),
    "consent": ("consent", {}),
    "gradients": ("gradients", {}),
    "budget": ("budget", {"prices": PRICES, "sum": 100}),
}

#: The population of Tennessee chooses a capital: Memphis, Nashville, Chattanooga, Knoxville.
TENNESSEE = {"MNCK": 42, "NCKM": 26, "CKNM": 15, "KCNM": 17}


def ranked(orders):
    """{"abc": 3} as three papers that put a before b before c."""
    return [
        {choice: rank for rank, choice in enumerate(order, 1)}
        for order, n in orders.items()
        for _ in range(n)
    ]


SOME = st.lists(st.sampled_from(CHOICES), unique=True, max_size=len(CHOICES))
IN_ORDER = SOME.map(lambda order: {choice: rank for rank, choice in enumerate(order, 1)})
SCORES = st.integers(0, 5)
CRITERIA_KEYS = st.sampled_from([f"{choice}.{n}" for choice in CHOICES for n in "12"])


def paper(way, answers=()):
    """A valid paper of one way of voting."""
    by_chance = {
        "approval": SOME.map(lambda chosen: dict.fromkeys(chosen, 1)),
        "dots": st.lists(st.sampled_from(CHOICES), max_size=5).map(Counter).map(dict),
        "score": st.dictionaries(st.sampled_from(CHOICES), SCORES),
        "criteria": st.dictionaries(CRITERIA_KEYS, SCORES),
        "schulze": IN_ORDER,
        "runoff": IN_ORDER,
        "budget": SOME.map(affordable),
    }
    answer = st.sampled_from(answers or CHOICES).map(lambda given: {given: 1})
    return by_chance.get(way, answer)


def affordable(chosen):
    """As much of what was chosen as the money buys."""
    bought, left = {}, 100
    for choice in chosen:
        if PRICES[choice] <= left:
            bought[choice], left = 1, left - PRICES[choice]
    return bought


def support(way, choice):
    """A paper that names this choice alone, as high as can be."""
    match way:
        case "dots" | "score":
            return {choice: 5}
        case "criteria":
            return {f"{choice}.1": 5, f"{choice}.2": 5}
        case _:
            return {choice: 1}
