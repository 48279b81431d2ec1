"""Tell small talk from questions: greetings, thanks, and what asks for help with the bot itself."""

import enum

from bot.glossary.text import words

_PRAISE = frozenset(
    "thanks thank thx thankyou ty tysm cheers merci danke gracias good great nice cool awesome perfect amazing "
    "excellent brilliant love lovely wow helpful appreciated".split()
)
# "test" and "ping" are what people type to see whether a bot is there.
_GREETINGS = frozenset(
    "hi hello hey heya hiya yo howdy hola hallo sup gm morning evening night welcome test testing ping".split()
)
# Alone they are thanks of a kind.
_AGREEMENT = frozenset("ok okay yes yeah yep lol haha".split())
# What stands around the others: "thank you so much", "good morning all", "good bot".
_AROUND = frozenset(
    "a afternoon again all and are bot day did everybody everyone fixed folks for friend got guys helped i is it job "
    "lot much now please really so solved that thats the there this to too trick u ur very well work worked works you "
    "your youre".split()
)
_POLITE = _GREETINGS | frozenset("please bot there ok".split())
_HELP = frozenset(
    {
        *("help", "help me", "can you help", "can you help me", "i need help", "commands", "usage", "how to use"),
        *("what can you do", "what can it do", "what do you do", "what can i ask", "what can i ask you"),
        *("what are you", "who are you", "what is this", "what can this do"),
        *("how do you work", "how does it work", "how does this work", "how do i use you", "how do i use this"),
    }
)
# Longer texts are more than small talk.
MOST_WORDS = 8


class SmallTalk(enum.Enum):
    """What somebody says without asking about anything."""

    HELP = "help"
    THANKS = "thanks"
    GREETING = "greeting"
    NO_WORDS = "no words"


def small_talk_in(text: str) -> SmallTalk | None:
    """Return which small talk a text is; `None` if it is more than that.

    >>> small_talk_in("Thank you so much!"), small_talk_in("good bot"), small_talk_in("hi all")
    (<SmallTalk.THANKS: 'thanks'>, <SmallTalk.THANKS: 'thanks'>, <SmallTalk.GREETING: 'greeting'>)
    >>> small_talk_in("help"), small_talk_in("🎉"), small_talk_in("help with a bracket order")
    (<SmallTalk.HELP: 'help'>, <SmallTalk.NO_WORDS: 'no words'>, None)
    """
    said = words(text)
    if not said:
        return SmallTalk.NO_WORDS if text.strip() else SmallTalk.HELP
    if len(said) > MOST_WORDS:
        return None
    if " ".join(word for word in said if word not in _POLITE) in _HELP:
        return SmallTalk.HELP
    distinct = set(said)
    if not distinct <= _PRAISE | _GREETINGS | _AGREEMENT | _AROUND:
        return None
    if distinct & _GREETINGS:
        return SmallTalk.GREETING
    return SmallTalk.THANKS if distinct & _PRAISE or distinct <= _AGREEMENT else None
