"""The card that helps: five things to try, each as a button that does it."""

from dataclasses import replace

from bot.chat.card import Button, Card, Embed, Style
from bot.chat.components import custom_id, query_argument
from bot.chat.markdown import escape
from bot.features import verbs
from bot.features.welcome import samples
from bot.glossary.glossary import Glossary


def help_card(glossary: Glossary) -> Card:
    """Show five things to try, and how to do each of them without the buttons."""
    term = samples.term(glossary)
    lines = (
        f"**Look up a term**, such as {escape(term.name)}: `/define`",
        "**Ask in plain words**: `/ask`, or mention me",
        "**Have a message explained**, even a log: right-click it (on a phone, hold it), *Apps*, *Explain terms*",
        "**Browse**: `/topics` lists what the glossary covers",
        "**Be surprised**: `/random` shows any term",
    )
    text = "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
    more = (
        "Only you see what the buttons show. There are also `/search`, `/compare`, `/map`, `/learn`, `/quiz play`, "
        "`/about` and `/privacy`."
    )
    return Card(Embed("Five things to try", f"{text}\n\n{more}"), _buttons(glossary))


def welcome(glossary: Glossary) -> Card:
    """Greet a server that the bot was added to, with the same five things to try."""
    title = escape(glossary.pack.notices.title)
    lead = f"**Hello!** I explain the words in the {title}. Moderators: `/glossary settings` says where I answer."
    return replace(help_card(glossary), content=lead)


def _buttons(glossary: Glossary) -> tuple[Button, ...]:
    term = samples.term(glossary)
    question = query_argument(samples.question(glossary))
    return (
        Button(term.title, custom_id(verbs.OPEN, term.id), Style.PRIMARY),
        Button("Ask a question", custom_id(verbs.TRY_QUESTION, question), emoji="❓"),
        Button("Explain a log", custom_id(verbs.TRY_LOG), emoji="📄"),
        Button("Topics", custom_id(verbs.BROWSE), emoji="🗂️"),
        Button("Any term", custom_id(verbs.TRY_RANDOM), emoji="🎲"),
    )
