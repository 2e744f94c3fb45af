"""When a vote carries: majorities, a quorum, every sector, and what blocks stop (pure).

A rule counts; it names nobody. Of the sectors it says only whether every one of them agrees.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, NamedTuple

from facilitator.rooms.methods import Said, Sides
from facilitator.rooms.small_cells import LEAST
from facilitator.shapes import within


@dataclass(frozen=True)
class Rule:
    """What has to hold for a vote to carry."""

    #: Simple: more for than against. Absolute: more than half of all who may vote. Qualified: at
    #: least `parts` of `of` of those for or against. Threshold: at least so many, `least`.
    majority: Literal["simple", "absolute", "qualified", "threshold"] = "simple"
    parts: Annotated[int, within(1, 100)] = 2
    of: Annotated[int, within(1, 100)] = 3
    least: Annotated[int, within(0, 100_000)] = 0
    #: Percent of those who may vote and are present; 0: none.
    quorum: Annotated[int, within(0, 100)] = 0
    #: Percent of the voters of every sector; 0: not asked.
    sectors: Annotated[int, within(0, 100)] = 0
    #: So many blocks stop it; 0: none do.
    blocks: Annotated[int, within(0, 1000)] = 1


class Voted(NamedTuple):
    """How many voted, and how many of them in favour."""

    voters: int
    favour: int


class Turnout(NamedTuple):
    """How many voted, of how many who may and are present."""

    voters: int
    present: int


class Part(NamedTuple):
    """One condition of a rule: whether it is met, and why."""

    met: bool
    said: Said


class Verdict(NamedTuple):
    """Whether a vote carries, and why. None: nothing was to be decided, only compared."""

    passed: bool | None
    why: list[Part]


def wording(rule: Rule, *, answers: bool, can_block: bool) -> list[Said]:
    """The rule in sentences, as the voters are told before they vote."""
    said = [_majority_words(rule)] if answers or rule.majority == "threshold" else []
    if rule.quorum:
        said.append(
            Said("At least {quorum} % of those present have to vote.", {"quorum": rule.quorum})
        )
    if answers and rule.sectors:
        said.append(
            Said(
                "In every sector at least {sectors} % of those who vote have to be in favour;"
                " small sectors are counted together.",
                {"sectors": rule.sectors},
            )
        )
    if can_block and rule.blocks:
        said.append(_block_words(rule.blocks))
    return said


def _majority_words(rule: Rule) -> Said:
    match rule.majority:
        case "absolute":
            return Said("Adopted when more than half of all who may vote are in favour.")
        case "qualified":
            return Said(
                "Adopted when at least {share} of the votes for or against are in favour.",
                {"share": _share(rule)},
            )
        case "threshold":
            return Said("It takes at least {least} in favour.", {"least": rule.least})
        case _:
            return Said(
                "Adopted when more are in favour than against; those who abstain do not count."
            )


def _block_words(blocks: int) -> Said:
    if blocks == 1:
        return Said("A single block stops it.")
    return Said("So many blocks stop it: {blocks}.", {"blocks": blocks})


def _share(rule: Rule) -> str:
    return f"{rule.parts} %" if rule.of == 100 else f"{rule.parts}/{rule.of}"


# ---- Judging -------------------------------------------------------------------------------------


def judged(
    rule: Rule,
    sides: Sides,
    turnout: Turnout,
    by_sector: Mapping[str, Voted],
    *,
    can_block: bool = False,
    least: int = LEAST,
) -> Verdict:
    """Judge answers by a rule; `by_sector` is asked only where the rule is about sectors.

    Sectors with fewer than `least` voters are counted together.
    """
    parts = [_by_majority(rule, sides, turnout.present), *_by_quorum(rule, turnout)]
    if rule.sectors:
        parts.append(_by_sectors(rule.sectors, by_sector, least))
    if can_block and rule.blocks:
        parts.append(_by_blocks(rule.blocks, sides.blocks))
    return Verdict(all(part.met for part in parts), parts)


def compared(rule: Rule, best: float, turnout: Turnout) -> Verdict:
    """Judge a comparison: whether enough took part, and whether anything reaches the threshold."""
    parts = [*_by_quorum(rule, turnout)]
    if rule.majority == "threshold":
        parts.append(_by_threshold(rule.least, best))
    return Verdict(all(part.met for part in parts) if parts else None, parts)


def _by_majority(rule: Rule, sides: Sides, present: int) -> Part:
    favour, against = sides.favour, sides.against
    match rule.majority:
        case "absolute":
            values = {"favour": favour, "present": present}
            if favour * 2 > present:
                return Part(
                    met=True,
                    said=Said("In favour: {favour} of all {present}, more than half.", values),
                )
            return Part(
                met=False,
                said=Said("In favour: {favour} of all {present}, not more than half.", values),
            )
        case "qualified":
            return _by_share(rule, sides)
        case "threshold":
            return _by_threshold(rule.least, favour)
        case _:
            values = {"favour": favour, "against": against}
            if favour > against:
                return Part(
                    met=True, said=Said("More for than against: {favour} to {against}.", values)
                )
            return Part(
                met=False, said=Said("Not more for than against: {favour} to {against}.", values)
            )


def _by_share(rule: Rule, sides: Sides) -> Part:
    given = sides.favour + sides.against
    values = {"favour": sides.favour, "given": given, "share": _share(rule)}
    if sides.favour and sides.favour * rule.of >= given * rule.parts:
        return Part(
            met=True,
            said=Said("In favour: {favour} of {given} for or against, at least {share}.", values),
        )
    return Part(
        met=False,
        said=Said("In favour: {favour} of {given} for or against, less than {share}.", values),
    )


def _by_threshold(least: int, found: float) -> Part:
    values = {"least": least}
    if found >= least:
        return Part(met=True, said=Said("The threshold of {least} is reached.", values))
    return Part(met=False, said=Said("The threshold of {least} is not reached.", values))


def _by_quorum(rule: Rule, turnout: Turnout) -> Iterator[Part]:
    if not rule.quorum:
        return
    values = {"voters": turnout.voters, "present": turnout.present, "quorum": rule.quorum}
    if turnout.voters * 100 >= rule.quorum * turnout.present:
        said = Said("Enough took part: {voters} of {present}, {quorum} % are needed.", values)
        yield Part(met=True, said=said)
    else:
        said = Said("Too few took part: {voters} of {present}, {quorum} % are needed.", values)
        yield Part(met=False, said=said)


def _by_blocks(least: int, blocks: int) -> Part:
    if blocks >= least:
        return Part(met=False, said=Said("It is blocked."))
    return Part(met=True, said=Said("No block stops it."))


def _by_sectors(percent: int, by_sector: Mapping[str, Voted], least: int) -> Part:
    values = {"sectors": percent}
    if every_sector(percent, by_sector, least):
        return Part(
            met=True, said=Said("In every sector at least {sectors} % are in favour.", values)
        )
    return Part(
        met=False, said=Said("Not in every sector at least {sectors} % are in favour.", values)
    )


def every_sector(percent: int, by_sector: Mapping[str, Voted], least: int = LEAST) -> bool:
    """Whether at least so many percent of every sector's voters are in favour."""
    rows = joined(by_sector, least)
    return bool(rows) and all(row.favour * 100 >= percent * row.voters for row in rows)


def joined(by_sector: Mapping[str, Voted], least: int = LEAST) -> list[Voted]:
    """The rows that a rule looks at: no row has fewer than `least` voters while there are so many.

    Smaller sectors are pooled into one row; a pool that is too small joins the smallest other one.
    """
    large = sorted(
        (voted.voters, name) for name, voted in by_sector.items() if voted.voters >= least
    )
    pool = _sum(voted for voted in by_sector.values() if 0 < voted.voters < least)
    rows = [by_sector[name] for _, name in large]
    if not pool.voters:
        return rows
    if pool.voters >= least or not rows:
        return [*rows, pool]
    return [_sum((rows[0], pool)), *rows[1:]]


def _sum(votes: Iterable[Voted]) -> Voted:
    found = list(votes)
    return Voted(sum(one.voters for one in found), sum(one.favour for one in found))
