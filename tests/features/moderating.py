"""What moderators and members of the simulated Discord do in several tests."""

import csv
import io

from simcord.actors import MemberActor
from simcord.results import InteractionResult, ResponseMessage

from tests.world import World, reply, submit

DRAFT = {"name": "pip spread", "definition": "What the broker keeps of each trade. It widens at night."}


async def add(world: World, by: MemberActor | None = None, **values: str) -> ResponseMessage:
    """A moderator fills in the form of a new entry; the answer."""
    who = by or world.moderator
    form = await who.slash(world.channel, "glossary add")
    return reply(await who.submit_modal(form, DRAFT | values))


async def edit(world: World, term: str, by: MemberActor | None = None, **values: str) -> ResponseMessage:
    """A moderator changes some fields of an entry; the answer."""
    who = by or world.moderator
    return await save(who, await who.slash(world.channel, "glossary edit", term=term), **values)


async def add_more(
    world: World, message: ResponseMessage, by: MemberActor | None = None, **values: str
) -> ResponseMessage:
    """A moderator fills in some of the other fields of the entry that a message shows; the answer."""
    who = by or world.moderator
    return await save(who, await who.click(message, label="More fields"), **values)


async def edit_more(world: World, term: str, **values: str) -> ResponseMessage:
    """A moderator changes some of the other fields of an entry; the answer."""
    return await save(
        world.moderator, await world.moderator.slash(world.channel, "glossary edit", term=term, more=True), **values
    )


async def save(who: MemberActor, form: InteractionResult, **values: str) -> ResponseMessage:
    """Somebody changes some fields of a form and submits it; the answer."""
    return reply(await submit(who, form, values))


async def defined(world: World, term: str, by: MemberActor | None = None) -> ResponseMessage:
    """What a member is shown for a term."""
    return reply(await (by or world.member).slash(world.channel, "define", term=term))


async def listed_misses(world: World) -> ResponseMessage:
    """The list of misses, as a moderator sees it."""
    return reply(await world.moderator.slash(world.channel, "glossary misses"))


async def suggest(world: World, term: str, details: str = "", by: MemberActor | None = None) -> ResponseMessage:
    """A member suggests a term that they missed; the answer."""
    who = by or world.member
    missed = reply(await who.slash(world.channel, "define", term=term))
    form = await who.click(missed, label="Suggest this term")
    return reply(await who.submit_modal(form, {"term": term, "details": details}))


async def listed_suggestions(world: World) -> ResponseMessage:
    """The list of open suggestions, as a moderator sees it."""
    return reply(await world.moderator.slash(world.channel, "glossary suggestions"))


async def upload(
    world: World, content: bytes, name: str = "entries.csv", by: MemberActor | None = None
) -> ResponseMessage:
    """A moderator uploads a file to import; the answer."""
    who = by or world.moderator
    return reply(await who.slash(world.channel, "glossary import", file=(name, content)))


def many(count: int, text: str = "Number {} of many.") -> bytes:
    """A CSV file with many entries."""
    rows = [["name", "definition"], *([f"term {number}", text.format(number)] for number in range(count))]
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue().encode()
