"""`/define` and `/related`, as people in the simulated Discord see them."""

from pathlib import Path

import pytest

from tests.features.moderating import defined
from tests.world import World, part, parts, reply, shown, title


async def test_define_shows_the_first_view_of_an_entry_to_everyone(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="trusted IPs"))
    assert not message.ephemeral
    assert title(message) == "trusted IPs"
    assert shown(message) == (
        "🖥️ TWS\ntrusted IPs\n"
        "Addresses that may connect without being asked. Others get a pop-up.\n\n"
        "⚠️ Check `127.0.0.1` first.\n"
        "**Related:** API socket · security"
    )
    assert message.embeds[0].colour is not None
    assert message.embeds[0].colour.value == 0x2B6CB0
    assert message.embeds[0].url == "https://example.com/trusted"
    assert [one.get("label") for one in parts(message)] == [
        None,
        "Pitfalls (2)",
        "Code",
        "Wrong or out of date?",
        "Dismiss",
    ]


@pytest.mark.parametrize(
    "term", ["TRUSTED-ips", "trusted_ip", "Trusted IP addresses", "what are trusted IPs?", "trsuted ips", "ips trusted"]
)
async def test_define_forgives_spelling_and_frames(world: World, term: str) -> None:
    message = reply(await world.member.slash(world.channel, "define", term=term))
    assert title(message) == "trusted IPs"


async def test_a_corrected_typo_is_said(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="trsuted *ips*"))
    assert message.content == "-# Closest match for “trsuted \\*ips\\*”"


async def test_an_entry_says_that_it_was_asked_for_by_another_name(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="trusted ip addresses"))
    assert message.content == "-# “Trusted IP addresses” is explained under trusted IPs."
    assert "Trusted IP addresses" not in shown(message)


async def test_define_answers_for_somebody_and_pings_that_person_alone(world: World) -> None:
    options = {"term": "trusted IPs", "for": world.moderator}
    message = reply(await world.member.slash(world.channel, "define", **options))
    assert message.content == f"For {world.moderator.mention}:"
    sent = world.env.http_requests[-1].json
    assert isinstance(sent, dict)
    assert sent["data"]["allowed_mentions"] == {"parse": [], "users": [str(world.moderator.id)]}
    hidden = reply(await world.member.slash(world.channel, "define", hide=True, **options))
    assert hidden.content == ""


async def test_define_can_hide_the_answer(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="trusted IPs", hide=True))
    assert message.ephemeral


async def test_a_choice_from_the_list_is_found_by_its_value(world: World) -> None:
    choices = await world.member.autocomplete(world.channel, "define", "term", "api po")
    assert choices == [
        {"name": "API port → API socket: The door through which programs talk. It has a number.", "value": "api-socket"}
    ]
    message = reply(await world.member.slash(world.channel, "define", term=choices[0]["value"]))
    assert title(message) == "API socket"


async def test_a_choice_explains_itself_in_whole_words_as_far_as_there_is_room(world: World, data: Path) -> None:
    long = "A `limit` that is explained in so many words that only some of them have room beside the name, and no more."
    terms = [("long limit", long), ("x" * 60, "word " * 40)]
    tables = [f'[[term]]\nname = "{name}"\ndefinition = "{definition}"\n' for name, definition in terms]
    file = data / "tws.toml"
    file.write_text(file.read_text("utf-8") + "".join(tables), "utf-8")
    await world.services.catalogue.reload()
    (choice,) = await world.member.autocomplete(world.channel, "define", "term", "long l")
    assert (
        choice["name"]
        == "long limit: A limit that is explained in so many words that only some of them have room beside the…"
    )
    assert len(choice["name"]) <= 100
    (choice,) = await world.member.autocomplete(world.channel, "define", "term", "xxxx")
    assert choice["name"] == f"{'x' * 60}: {'word ' * 6}word…"


async def test_typing_nothing_shows_the_most_asked_first(world: World) -> None:
    before = await world.member.autocomplete(world.channel, "related", "term", "")
    assert [choice["value"] for choice in before] == ["trusted-ips", "api-socket", "leverage"]
    await world.member.slash(world.channel, "define", term="leverage")
    await world.services.usage.lookups.flush()
    after = await world.member.autocomplete(world.channel, "related", "term", "")
    assert [choice["value"] for choice in after] == ["leverage", "trusted-ips", "api-socket"]


async def test_typing_nonsense_offers_nothing(world: World) -> None:
    assert await world.member.autocomplete(world.channel, "define", "term", "qqqqqqqq") == []


async def test_a_word_that_exists_is_offered_the_term_it_resembles_but_not_taken_for_it(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="beverage"))
    assert message.ephemeral
    assert message.content == "-# Closest match for “beverage”"
    assert title(message) == "leverage"
    assert [one.get("label") for one in parts(message)][-3:] == ["Wrong or out of date?", "Share", "None of these"]


async def test_several_close_entries_are_listed_and_open_below_the_list(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="socket or ips pop-up"))
    assert message.ephemeral
    assert shown(message) == (
        "Closest matches\n“socket or ips pop-up” is not in the glossary.\n"
        "- **trusted IPs**: Addresses that may connect without being asked.\n"
        "- **API socket**: The door through which programs talk.\n"
        "- **leverage**: More exposure than money."
    )
    opened = reply(await world.member.click(message, label="API socket"))
    assert title(opened) == "API socket"
    assert title(message) == "Closest matches"


async def test_a_miss_repeats_the_query_safely_to_the_asker_alone(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="<@1> **pizza** @everyone [a](https://b.c)"))
    assert message.ephemeral
    assert "“\\*\\*pizza\\*\\* \\@everyone a”" in shown(message)


async def test_a_long_query_is_shortened(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="pizza " * 50))
    assert "…”" in shown(message)


async def test_related_lists_both_directions_with_first_sentences(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "related", term="API socket"))
    assert shown(message) == (
        "🖥️ TWS\nRelated to API socket\n"
        "**Related terms**\n- **trusted IPs**: Addresses that may connect without being asked.\n\n"
        "**Mentioned by**\n- **leverage**: More exposure than money."
    )
    options = part(message, "pick:entry:")["options"]
    assert [option["value"] for option in options] == ["api-socket", "trusted-ips", "leverage"]


async def test_related_names_what_is_not_in_the_glossary(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "related", term="trusted IPs"))
    assert "Not in the glossary yet: security" in shown(message)


async def test_commands_work_in_direct_messages(world: World) -> None:
    message = reply(await world.stranger.slash("define", term="api port"))
    assert title(message) == "API socket"


async def test_shown_entries_are_counted_without_saying_who_asked(world: World) -> None:
    await world.member.slash(world.channel, "define", term="leverage")
    await world.stranger.slash("define", term="leverage")
    await world.services.usage.lookups.flush()
    await world.services.usage.lookups.load()
    assert world.services.usage.lookups.favourites == ("leverage",)


async def test_a_define_without_words_offers_what_people_ask_for_most(world: World) -> None:
    for term in ("leverage", "leverage", "API socket"):
        await world.member.slash(world.channel, "define", term=term)
    await world.services.usage.flush()
    offered = reply(await world.member.slash(world.channel, "define", term="?"))
    assert offered.ephemeral
    text = shown(offered)
    assert text.index("leverage") < text.index("API socket") < text.index("trusted IPs")
    opened = reply(await world.member.select(offered, ["leverage"]))
    assert "More exposure than money." in shown(opened)


async def test_a_superseded_entry_is_found_by_its_old_name_and_opens_the_one_to_read(world: World, data: Path) -> None:
    text = (data / "tws.toml").read_text("utf-8")
    old = '[[term]]\nname = "API door"\ndefinition = "An older word."\nsuperseded_by = "API port"\n'
    (data / "tws.toml").write_text(f"{text}\n{old}", "utf-8")
    await world.services.catalogue.reload()
    message = await defined(world, "API door")
    assert "🗄️ **Superseded by API port.** This text may be out of date.\n\nAn older word." in shown(message)
    opened = reply(await world.member.click(message, label="API socket"))
    assert title(opened) == "API socket"
