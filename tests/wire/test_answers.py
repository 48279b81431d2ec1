"""What goes over the wire when people use the bot."""

import pytest

from tests.process import BotProcess
from tests.wire.asking import restart, title, without
from tests.wire.discord_server import DiscordServer, Fault
from tests.wire.payloads import (
    APPLICATION_ID,
    BOT,
    BOT_DM,
    CHANNEL_ID,
    FOREIGN_GUILD_ID,
    GROUP_DM,
    GUILD_ID,
    MANAGE_GUILD,
    MANAGER,
    MEMBER,
    OWNER,
    SERVER,
    SERVER_WITHOUT_BOT,
    USER_ID,
    Json,
    Person,
    Place,
    autocomplete,
    choose,
    click,
    message,
    message_command,
    slash,
    slash_with_file,
    submit,
)
from tests.world import DISCLAIMER


@pytest.mark.parametrize("place", [SERVER, BOT_DM, SERVER_WITHOUT_BOT, GROUP_DM])
async def test_define_answers_everywhere_and_can_ping_nobody(discord: DiscordServer, place: Place) -> None:
    answer = await discord.interact(slash("define", {"term": "leverage"}, at=place))
    assert answer.type == 4
    (embed,) = answer.data["embeds"]
    assert embed["title"] == "leverage"
    assert embed["footer"]["text"] == DISCLAIMER
    assert answer.data["allowed_mentions"] == {"parse": []}
    assert not discord.unexpected


async def test_a_button_from_before_a_kill_still_works(discord: DiscordServer, process: BotProcess) -> None:
    hidden = await discord.interact(slash("define", {"term": "trusted IPs", "hide": True}))
    assert hidden.original is not None
    await restart(discord, process)
    opened = await discord.interact(choose(hidden.original, "menu:trusted-ips", "api-socket"))
    assert opened.type == 7
    assert opened.data["embeds"][0]["title"] == "API socket"
    clicked = await discord.interact(click(opened.original or {}, "share:api-socket"))
    assert clicked.type == 7
    assert (await clicked.followup())["content"].startswith("Shared by <@")


async def test_a_form_from_before_a_kill_is_still_accepted(discord: DiscordServer, process: BotProcess) -> None:
    missed = await discord.interact(slash("define", {"term": "pizza"}))
    form = await discord.interact(click(missed.original or {}, "suggest:pizza"))
    assert form.type == 9
    await restart(discord, process)
    answer = await discord.interact(submit(form.data, {"details": "Round."}, message=missed.original))
    assert answer.type == 5
    thanks = await answer.edit()
    assert thanks["flags"] & 64
    assert thanks["embeds"][0]["title"] == "Thank you"
    assert thanks["embeds"][0]["footer"]["text"] == DISCLAIMER
    await restart(discord, process)
    waiting = await (await discord.interact(slash("glossary suggestions", by=MANAGER))).edit()
    assert f"<@{USER_ID}>\n> Round." in waiting["embeds"][0]["description"]
    (value,) = [one["value"] for one in waiting["components"][0]["components"][0]["options"]]
    picked = await (await discord.interact(choose(waiting, "pick:suggestion:", value, by=MANAGER))).edit()
    approved = await discord.interact(click(picked, f"do:approve:{value}", by=MANAGER))
    assert approved.type == 6
    assert (await approved.edit())["embeds"][0]["title"] == "Approved"
    assert (await approved.followup())["embeds"][0]["title"] == "Saved"
    assert (await discord.interact(slash("define", {"term": "pizza"}))).data["embeds"][0]["title"] == "pizza"
    assert not discord.unexpected


@pytest.mark.parametrize("place", [BOT_DM, SERVER_WITHOUT_BOT, GROUP_DM])
async def test_a_suggestion_from_where_the_bot_is_not_goes_to_the_people_who_run_it(
    discord: DiscordServer, place: Place
) -> None:
    missed = await discord.interact(slash("define", {"term": "pizza"}, at=place))
    form = await discord.interact(click(missed.original or {}, "suggest:pizza", at=place))
    answer = await discord.interact(submit(form.data, {}, message=missed.original, at=place))
    assert "The operator of this bot will read it" in (await answer.edit())["embeds"][0]["description"]


@pytest.mark.parametrize("place", [BOT_DM, SERVER_WITHOUT_BOT, GROUP_DM])
@pytest.mark.parametrize("by", [MEMBER, MANAGER])
async def test_a_report_from_where_the_bot_is_not_goes_to_the_people_who_run_it(
    discord: DiscordServer, place: Place, by: Person
) -> None:
    """So does that of somebody who clicks below an answer that another person brought there."""
    public = (await discord.interact(slash("define", {"term": "leverage"}, at=place))).original or {}
    clicked = click(public, "wrong:leverage", by=by, at=place)
    form = await discord.interact(_asked_by_member(clicked, place))
    sent = submit(form.data, {"details": "No."}, message=public, by=by, at=place)
    answer = await discord.interact(_asked_by_member(sent, place))
    thanks = (await answer.edit())["embeds"][0]["description"]
    assert "The operator of this bot will read" in thanks
    assert "told" not in thanks


def _asked_by_member(payload: Json, place: Place) -> Json:
    """Name the member as the person who brought the bot, as Discord does for clicks below what they asked.

    https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-authorizing-integration-owners-object
    """
    return payload | {"authorizing_integration_owners": {"1": USER_ID}} if place.user_install else payload


async def test_no_privileged_intent_is_asked_for(discord: DiscordServer) -> None:
    (identify,) = discord.identifies
    assert identify["intents"] == GUILD_MESSAGES | DIRECT_MESSAGES


async def test_without_mentions_no_intent_is_asked_for_at_all(
    discord_server: DiscordServer, process: BotProcess
) -> None:
    process.environment["ANSWER_MENTIONS"] = "no"
    await process.start()
    await discord_server.connected()
    assert [identify["intents"] for identify in discord_server.identifies] == [0]


async def test_commands_are_sent_once_and_again_only_when_forced(discord: DiscordServer, process: BotProcess) -> None:
    def puts() -> int:
        return sum(call.method == "PUT" for call in discord.calls)

    assert puts() == 1
    sent = [command["name"] for command in discord.commands[None]]
    assert {"define", "ask", "glossary", "Explain terms"} < set(sent)
    assert len(sent) == len(set(sent))
    (glossary,) = [one for one in discord.commands[None] if one["name"] == "glossary"]
    assert int(glossary["default_member_permissions"]) == MANAGE_GUILD
    assert glossary["integration_types"] == [0]
    assert glossary["contexts"] == [0]
    assert await process.stop() == 0
    await restart(discord, process)
    assert puts() == 1


async def test_the_owner_and_the_only_servers_moderators_may_reload_others_may_not(discord: DiscordServer) -> None:
    async def told(payload: Json) -> str:
        return await title(await discord.interact(payload))

    assert await told(slash("glossary reload", by=OWNER)) == "Glossary reloaded"
    assert await told(slash("glossary reload", by=MANAGER)) == "Glossary reloaded"
    assert await told(slash("glossary reload")) == "Not allowed"
    assert await told(slash("glossary reload", by=MANAGER, at=SERVER_WITHOUT_BOT)) == "Not allowed"
    discord.application["approximate_guild_count"] = 2
    assert await told(slash("glossary reload", by=MANAGER)) == "Not allowed"


MESSAGE = {"id": "1", "components": []}
FORM: Json = {
    "custom_id": "suggest-modal",
    "components": [{"type": 18, "component": {"type": 4, "custom_id": "term", "value": "pizza"}}],
}
# https://discord.com/developers/docs/events/gateway#list-of-intents
GUILD_MESSAGES, DIRECT_MESSAGES = 1 << 9, 1 << 12


UNREADABLE: tuple[Json, ...] = (
    slash("define", {"term": "leverage"}) | {"type": 99},
    slash("define", {"term": "leverage"}) | {"data": None},
    slash("define", {"term": "leverage"}) | {"data": {"name": 5}},
    slash("define", {"term": "leverage"}) | {"member": {"user": 5}},
    slash("related"),
    slash("related", {"trem": "leverage"}),
    slash("define", {"term": 5}),
    slash("unknown"),
    slash("glossary unknown"),
    slash("glossary"),
    without(slash("define", {"term": "leverage"}), "data"),
    without(slash("define", {"term": "leverage"}), "data", "name"),
    without(slash("related", {"term": "leverage"}), "data", "options"),
    click(MESSAGE, "gone-with-an-earlier-version"),
    click(MESSAGE, "open:leverage"),
    without(click(MESSAGE, "open:leverage"), "message"),
    without(click(MESSAGE, "open:leverage"), "data", "custom_id"),
    without(click(MESSAGE, "open:leverage"), "data", "component_type"),
    without(click(MESSAGE, "open:leverage"), "data"),
    click(MESSAGE, "open:leverage") | {"type": 5},
    submit(FORM, {}) | {"data": None},
    submit(FORM, {}) | {"member": {"user": 5}},
    submit(FORM | {"custom_id": "gone-with-an-earlier-version"}, {}),
    submit(FORM | {"components": []}, {}),
    submit(FORM, {"term": 5}),
    submit(FORM, {"term": "x" * 61}),
    submit(FORM, {"term": "   "}),
    without(submit(FORM, {}), "data", "components"),
    without(submit(FORM, {}), "data"),
)


async def test_what_cannot_be_read_is_answered_kindly_and_the_bot_goes_on(discord: DiscordServer) -> None:
    for payload in UNREADABLE:
        answer = await discord.interact(payload)
        assert answer.type == 4, payload
        assert answer.data["flags"] == 64, payload
        assert answer.data["embeds"][-1]["footer"]["text"] == DISCLAIMER, payload
    again = await discord.interact(slash("define", {"term": "leverage"}))
    assert again.data["embeds"][0]["title"] == "leverage"


async def test_what_discord_may_add_or_leave_out_does_not_matter(discord: DiscordServer) -> None:
    for payload in (
        slash("define", {"term": "leverage", "new": "x"}),
        slash("define", {"term": "leverage"}) | {"new": {"nested": [1]}},
        without(slash("define", {"term": "leverage"}), "entitlements"),
        without(slash("define", {"term": "leverage"}), "attachment_size_limit"),
        without(slash("define", {"term": "leverage"}), "version"),
    ):
        answer = await discord.interact(payload)
        assert answer.data["embeds"][0]["title"] == "leverage", payload


async def test_a_message_with_what_no_library_expects_is_explained_all_the_same(discord: DiscordServer) -> None:
    odd: Json = {
        "poll": {"question": {"text": "leverage?"}, "answers": []},
        "embeds": [{"type": "rich", "description": None}],
        "attachments": [{"id": "1", "filename": "chart.png"}],
        "message_snapshots": [{"message": {"content": "the API socket"}}],
        "author": None,
    }
    answer = await discord.interact(message_command("Explain terms", message("more leverage") | odd))
    shown = answer.data["embeds"][0]["description"]
    assert "**leverage**" in shown
    assert "**API socket**" in shown


async def test_an_uploaded_file_needs_no_proxy_address_and_without_a_name_gets_an_error_id(
    discord: DiscordServer,
) -> None:
    file = without(discord.upload("new.csv", b"name,definition\nnew,Something new."), "proxy_url")
    read = await discord.interact(slash_with_file("glossary import", "file", file, by=MANAGER))
    assert read.type == 5
    nameless = without(discord.upload("new.csv", b""), "filename")
    refused = await discord.interact(slash_with_file("glossary import", "file", nameless, by=MANAGER))
    assert refused.type == 4
    assert "error id" in refused.data["embeds"][0]["description"]


async def test_a_log_from_elsewhere_is_never_fetched(discord: DiscordServer) -> None:
    log = discord.upload("a.log", b"error 502")
    answer = await discord.interact(message_command("Explain terms", message("leverage") | {"attachments": [log]}))
    assert answer.type == 5
    assert "a.log could not be downloaded" in (await answer.edit())["embeds"][0]["description"]
    assert not [call for call in discord.calls if call.path.startswith("/attachments")]


async def test_typing_that_cannot_be_read_gets_no_choices(discord: DiscordServer) -> None:
    for payload in (
        autocomplete("unknown", "term", {"term": "l"}),
        autocomplete("define", "nothing", {"term": "l"}),
        without(autocomplete("define", "term", {"term": "l"}), "data"),
    ):
        answer = await discord.interact(payload)
        assert answer.type == 8
        assert answer.data["choices"] == []


async def test_an_interaction_without_a_token_does_not_stop_the_bot(discord: DiscordServer) -> None:
    await discord.dispatch("INTERACTION_CREATE", {"id": "1"})
    answer = await discord.interact(slash("define", {"term": "leverage"}))
    assert answer.type == 4


async def test_a_message_event_that_cannot_be_read_does_not_stop_the_bot(discord: DiscordServer) -> None:
    for event, data in (
        ("MESSAGE_UPDATE", {"id": "1", "channel_id": CHANNEL_ID, "guild_id": GUILD_ID, "embeds": []}),
        ("MESSAGE_CREATE", {"id": "1", "channel_id": CHANNEL_ID, "guild_id": GUILD_ID, "content": "hi"}),
        ("MESSAGE_CREATE", message("hi") | {"guild_id": GUILD_ID, "member": None}),
        ("MESSAGE_CREATE", {}),
    ):
        await discord.dispatch(event, data)
    answer = await discord.interact(slash("define", {"term": "leverage"}))
    assert answer.data["embeds"][0]["title"] == "leverage"


async def test_a_reply_in_a_server_joined_later_is_not_taken_for_a_direct_message(discord: DiscordServer) -> None:
    said = message("thanks leverage") | {"guild_id": FOREIGN_GUILD_ID, "mentions": [BOT]}
    await discord.dispatch("MESSAGE_CREATE", said)
    await discord.interact(slash("define", {"term": "leverage"}))
    assert not [call for call in discord.calls if call.path.endswith("/messages")]


async def test_a_reload_is_acknowledged_before_discord_is_asked_who_owns_the_bot(discord: DiscordServer) -> None:
    discord.faults["GET /oauth2/applications/@me"] = Fault(seconds=4)
    answer = await discord.interact(slash("glossary reload", by=OWNER), timeout=3)
    assert answer.type == 5
    assert (await answer.edit(timeout=10))["embeds"][0]["title"] == "Glossary reloaded"


async def test_a_question_edited_while_its_answer_is_posted_gets_the_answer_to_the_edit(discord: DiscordServer) -> None:
    discord.faults["POST /channels"] = Fault(seconds=1)
    asked = message(f"<@{APPLICATION_ID}> what is leverage?") | {"guild_id": GUILD_ID, "mentions": [BOT]}
    await discord.dispatch("MESSAGE_CREATE", asked)
    await discord.until(lambda: any(call.path.startswith("/channels") for call in discord.calls))
    await discord.dispatch("MESSAGE_UPDATE", asked | {"content": f"<@{APPLICATION_ID}> what is an API socket?"})
    await discord.until(lambda: any(call.method == "PATCH" for call in discord.calls))
    await discord.until(lambda: [one["embeds"][0]["title"] for one in discord.messages.values()] == ["API socket"])
    (posted,) = [call for call in discord.calls if call.method == "POST" and call.path.endswith("/messages")]
    assert posted.json["allowed_mentions"]["parse"] == []
    assert posted.json["embeds"][-1]["footer"]["text"] == DISCLAIMER


async def test_a_question_deleted_while_its_answer_is_posted_takes_the_answer_along(discord: DiscordServer) -> None:
    discord.faults["POST /channels"] = Fault(seconds=1)
    asked = message(f"<@{APPLICATION_ID}> what is leverage?") | {"guild_id": GUILD_ID, "mentions": [BOT]}
    await discord.dispatch("MESSAGE_CREATE", asked)
    await discord.until(lambda: any(call.path.startswith("/channels") for call in discord.calls))
    deleted = {"id": asked["id"], "channel_id": CHANNEL_ID, "guild_id": GUILD_ID}
    await discord.dispatch("MESSAGE_DELETE", deleted)
    await discord.until(lambda: any(call.method == "DELETE" for call in discord.calls))
    assert not discord.messages
