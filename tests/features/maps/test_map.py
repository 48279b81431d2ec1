"""`/map`, as people in the simulated Discord see it."""

import threading
from pathlib import Path
from typing import Any

import pytest
from simcord.types import HttpLogEntry

from bot.features.maps.subject import Subject
from tests.features.moderating import add, defined
from tests.world import World, part, reply, shown, title


def alt_text(world: World) -> str:
    """What the picture that was sent last shows, in words."""
    (attachment,) = next(filter(None, map(sent_files, reversed(world.env.http_requests))))
    return str(attachment["description"])


def sent_files(request: HttpLogEntry) -> list[dict[str, str]]:
    """The files that a request sends along, as it describes them."""
    body = request.json or {}
    files: list[dict[str, str]] = body.get("data", body).get("attachments", [])
    return files


async def test_a_map_is_a_picture_that_is_told_in_words_with_a_menu_of_its_terms(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "map", term="trsuted ips"))
    assert not message.ephemeral
    assert title(message) == "Map around trusted IPs"
    assert message.attachments[0].filename == "map.png"
    assert message.embeds[0].image.url
    menu = part(message, "pick:listed:do:map:d:trusted-ips")
    assert [option["label"] for option in menu["options"]] == ["trusted IPs", "API socket", "leverage"]
    assert alt_text(world) == "A map of the terms around trusted IPs: API socket, leverage."


async def test_nobody_waits_while_the_entries_of_a_map_are_chosen(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose, threads = Subject.neighbourhood, []

    def watched(subject: Subject, *arguments: Any) -> Any:
        threads.append(threading.current_thread())
        return choose(subject, *arguments)

    monkeypatch.setattr(Subject, "neighbourhood", watched)
    message = reply(await world.member.slash(world.channel, "map"))
    await world.member.click(message, label="Light")
    assert len(threads) == 2
    assert threading.current_thread() not in threads


async def test_the_menu_opens_a_term_and_back_returns_to_the_map(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "map", term="trusted IPs"))
    await world.member.select(message, ["api-socket"])
    assert title(message) == "API socket"
    assert not message.attachments
    await world.member.click(message, label="Back")
    assert title(message) == "Map around trusted IPs"
    assert message.attachments


async def test_a_button_switches_between_dark_and_light(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "map", term="trusted IPs"))
    await world.member.click(message, label="Light")
    assert part(message, "pick:listed:do:map:l:trusted-ips")
    copy = reply(await world.moderator.click(message, label="Dark"))
    assert copy.ephemeral
    assert part(copy, "do:map:l:")["label"] == "Light"
    assert part(message, "do:map:d:")["label"] == "Dark"
    assert part(message, "dismiss:")


async def test_the_menu_of_every_entry_shows_its_map_in_private(world: World) -> None:
    answer = await defined(world, "API socket")
    (option,) = [one for one in part(answer, "menu:")["options"] if one["label"] == "🗺️ Map"]
    message = reply(await world.member.select(answer, [option["value"]]))
    assert message.ephemeral
    assert title(message) == "Map around API socket"
    assert title(answer) == "API socket"


async def test_a_topic_and_the_whole_glossary_have_maps(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "map", category="tws"))
    assert title(message) == "Map of 🖥️ TWS"
    assert alt_text(world).startswith("A map of these terms: ")
    message = reply(await world.member.slash(world.channel, "map"))
    assert title(message) == "The terms with the most links"
    await world.member.click(message, label="Light")
    assert title(message) == "The terms with the most links"


async def test_what_is_not_there_has_no_map(world: World) -> None:
    assert "not in the glossary" in shown(reply(await world.member.slash(world.channel, "map", term="pizza")))
    assert "There is no topic" in shown(reply(await world.member.slash(world.channel, "map", category="*pizza*")))


async def test_a_map_of_what_is_gone_says_so(world: World, data: Path) -> None:
    of_term = reply(await world.member.slash(world.channel, "map", term="leverage"))
    of_topic = reply(await world.member.slash(world.channel, "map", category="TWS"))
    text = (data / "tws.toml").read_text("utf-8").replace('name = "TWS"', 'name = "Other"')
    (data / "tws.toml").write_text(text.partition('[[term]]\nname = "leverage"')[0], "utf-8")
    await world.services.catalogue.reload()
    for message in (of_term, of_topic):
        await world.member.click(message, label="Light")
        assert "This entry is gone" in shown(message)


async def test_own_entries_have_a_map_in_their_server(world: World) -> None:
    await add(world)
    message = reply(await world.member.slash(world.channel, "map", term="pip spread"))
    assert title(message) == "Map around pip spread"
    assert alt_text(world) == "A map of these terms: pip spread."
    assert "not in the glossary" in shown(reply(await world.stranger.slash("map", term="pip spread")))
