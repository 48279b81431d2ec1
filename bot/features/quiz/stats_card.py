"""The card of somebody's statistics: how much they know, what is due, and what they find hardest."""

from collections.abc import Mapping

from bot.chat.card import Card, Component, Embed
from bot.features.quiz.cards import play_button
from bot.features.quiz.planning import is_due
from bot.features.terms import cards as terms
from bot.glossary.glossary import Glossary
from bot.storage.quiz_progress import Learned
from bot.storage.quiz_rounds import Round

# An entry that comes again no sooner than this counts as known well.
_KNOWN_WELL_SECONDS = 7 * 86_400
_MOST_HARD, _HARD_SHOWN = 4, 90


def stats(glossary: Glossary, learned: Mapping[str, Learned], now: int) -> Card:
    """Show somebody what they have learned of a glossary; `now` is Unix time."""
    entries = [entry for entry in glossary.pack.entries if entry.id in learned]
    play = play_button("Play", Round("", ()))
    if not entries:
        text = "You have not answered any questions yet. A round takes a minute or two."
        return Card(Embed("Your quiz", text), (play,))
    answered = sum(learned[entry.id].answered for entry in entries)
    right = sum(learned[entry.id].answered_right for entry in entries)
    due = sum(is_due(entry, learned, now) for entry in entries)
    known_well = sum(learned[entry.id].due_at >= now + _KNOWN_WELL_SECONDS for entry in entries)
    lines = [
        f"**{answered:,}** answered, **{right:,}** right ({right / answered:.0%})",
        f"**{len(entries):,}** of {len(glossary):,} terms met, **{known_well:,}** of them known well",
        f"**{due:,}** due now; what is due comes first in a round",
    ]
    wrong = {entry: learned[entry.id].answered - learned[entry.id].answered_right for entry in entries}
    hardest = sorted((entry for entry in entries if wrong[entry]), key=lambda entry: -wrong[entry])[:_MOST_HARD]
    components: list[Component] = [play]
    if hardest:
        lines += ["", "**Hardest for you**", *(terms.list_line(entry, _HARD_SHOWN) for entry in hardest)]
        components.insert(0, terms.list_menu("quiz", hardest))
    return Card(Embed("Your quiz", "\n".join(lines)), tuple(components))
