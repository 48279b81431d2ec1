"""What goes over the wire when moderators work, and what of it outlives a kill."""

import sqlite3
from pathlib import Path

from tests.process import BotProcess
from tests.wire.asking import add, custom_id, defined, restart, shown, suggested
from tests.wire.discord_server import DiscordServer, Fault
from tests.wire.payloads import (
    FOREIGN_GUILD_ID,
    GUILD_ID,
    MANAGER,
    OWNER,
    SERVER,
    SERVER_WITHOUT_BOT,
    Json,
    Person,
    choose,
    click,
    message,
    message_command,
    slash,
    slash_with_file,
    submit,
)

ROWS = b"name,definition\npip spread,What the broker keeps.\nfee,What is paid for it.\n"
ROLE_ID = "1000000000000000099"
HOLDER = Person("1000000000000000098", "holder", roles=(ROLE_ID,))


async def test_an_acknowledged_edit_outlives_a_kill_the_instant_after(
    discord: DiscordServer, process: BotProcess
) -> None:
    form = await discord.interact(slash("glossary add", by=MANAGER))
    saved = await shown(await add(discord, "pip spread", "What the broker keeps."))
    await restart(discord, process)
    assert saved["embeds"][0]["title"] == "Saved"
    assert (await defined(discord, "pip spread"))["description"].startswith("What the broker keeps.")
    # A form that was opened before, and the button under the acknowledgement, still work.
    filled = submit(form.data, {"name": "fee", "definition": "What is paid."}, by=MANAGER)
    assert (await shown(await discord.interact(filled)))["embeds"][0]["title"] == "Saved"
    revert = custom_id(saved, "do:revert:")
    reverted = await shown(await discord.interact(click(saved, revert, by=MANAGER)))
    assert reverted["embeds"][0]["title"].startswith("Reverted #")
    assert (await defined(discord, "pip spread"))["title"] == "Not found"
    assert (await defined(discord, "fee"))["title"] == "fee"
    assert not discord.unexpected


async def test_a_draft_and_a_dry_run_outlive_a_kill(discord: DiscordServer, process: BotProcess) -> None:
    form = await discord.interact(slash("glossary add", by=MANAGER))
    typed = {"name": "pip spread", "definition": "What the broker keeps.", "aliases": "leverage"}
    refused = await shown(await discord.interact(submit(form.data, typed, by=MANAGER)))
    file = discord.upload("entries.csv", ROWS)
    dry_run = await shown(await discord.interact(slash_with_file("glossary import", "file", file, by=MANAGER)))
    assert "**2** added" in dry_run["embeds"][0]["description"]
    await restart(discord, process)
    again = await discord.interact(click(refused, custom_id(refused, "do:edit-draft:"), by=MANAGER))
    assert again.type == 9
    values = {one["component"]["custom_id"]: one["component"].get("value") for one in again.data["components"]}
    assert {name: values[name] for name in typed} == typed
    imported = await discord.interact(click(dry_run, custom_id(dry_run, "do:import-draft:"), by=MANAGER))
    assert (await shown(imported))["embeds"][0]["title"] == "Imported"
    assert (await defined(discord, "fee"))["description"].startswith("What is paid for it.")
    assert not discord.unexpected


async def test_every_answer_comes_in_time_while_the_database_is_slow(discord: DiscordServer) -> None:
    discord.faults["POST /users/@me/channels"] = Fault(seconds=4)
    picked = await suggested(discord)
    approved = await discord.interact(click(picked, custom_id(picked, "do:approve:"), by=MANAGER), timeout=3)
    assert approved.type == 6
    assert (await approved.followup(timeout=10))["embeds"][0]["title"] == "Saved"


async def test_a_picture_and_files_are_uploaded_with_ids_that_are_strings(discord: DiscordServer) -> None:
    await defined(discord, "leverage")
    stats = await discord.interact(slash("glossary stats", by=MANAGER))
    sent = await shown(stats)
    assert sent["embeds"][0]["image"]["url"] == "attachment://usage.png"
    await shown(await add(discord, "fee", "What is paid for it."))
    export = await discord.interact(slash("glossary export", by=MANAGER))
    await shown(export)
    for answer, names in ((stats, ["usage.png"]), (export, ["entries.csv", "entries.toml", "entries.json"])):
        call = answer.calls[-1]
        assert list(call.files) == names
        assert [one["id"] for one in call.json["attachments"]] == [str(number) for number in range(len(names))]
    assert not discord.unexpected


async def test_the_moderator_role_is_known_from_the_payload_alone(discord: DiscordServer) -> None:
    assert (await shown(await discord.interact(slash("glossary history", by=HOLDER))))["embeds"][0][
        "title"
    ] == "Not allowed"
    settings = await shown(await discord.interact(slash("glossary settings", by=MANAGER)))
    set_role = choose(settings, custom_id(settings, "pick:set-role:"), ROLE_ID, by=MANAGER)
    set_role["data"] |= {"component_type": 6, "resolved": {"roles": {ROLE_ID: role(ROLE_ID)}}}
    changed = await shown(await discord.interact(set_role))
    assert f"<@&{ROLE_ID}>" in changed["embeds"][0]["description"]
    (menu,) = [part for row in changed["components"] for part in row["components"] if part["type"] == 6]
    assert menu["default_values"] == [{"id": ROLE_ID, "type": "role"}]
    assert (await shown(await discord.interact(slash("glossary history", by=HOLDER))))["embeds"][0][
        "title"
    ] == "History"


def role(role_id: str) -> Json:
    """A role object."""
    blank = {"name": "Helpers", "color": 0, "colors": {"primary_color": 0}, "hoist": False, "position": 1}
    return blank | {"id": role_id, "permissions": "0", "managed": False, "mentionable": False, "flags": 0}


async def test_the_commands_of_moderators_are_refused_where_the_bot_is_not(discord: DiscordServer) -> None:
    (menu,) = [one for one in discord.commands[None] if one["name"] == "Add to glossary"]
    assert (menu["integration_types"], menu["contexts"]) == ([0], [0])
    assert int(menu["default_member_permissions"]) == 1 << 5
    for payload in (
        slash("glossary add", by=MANAGER, at=SERVER_WITHOUT_BOT),
        message_command("Add to glossary", message("a pip spread"), by=MANAGER, at=SERVER_WITHOUT_BOT),
        slash("glossary add"),
        message_command("Add to glossary", message("a pip spread")),
    ):
        answer = await discord.interact(payload)
        assert answer.data["embeds"][0]["title"] == "Not allowed"
    form = await discord.interact(message_command("Add to glossary", message("a pip spread"), by=MANAGER, at=SERVER))
    assert form.type == 9


async def test_the_owner_of_the_bot_returns_to_a_revision_without_moderating_the_server(
    discord: DiscordServer, data: Path
) -> None:
    before = (await defined(discord, "leverage"))["description"]
    file = data / "tws.toml"
    file.write_text(file.read_text("utf-8").replace("More exposure than money.", "Borrowed."), "utf-8")
    await shown(await discord.interact(slash("glossary reload", by=OWNER)))
    assert (await defined(discord, "leverage"))["description"] != before
    listed = await shown(await discord.interact(slash("glossary rollback", by=OWNER)))
    (option,) = listed["components"][0]["components"][0]["options"]
    asked = await shown(await discord.interact(choose(listed, "pick:rollback:", option["value"], by=OWNER)))
    returned = await discord.interact(click(asked, f"do:confirm-rollback:{option['value']}", by=OWNER))
    assert (await shown(returned))["embeds"][0]["title"] != "Not allowed"
    assert (await defined(discord, "leverage"))["description"] == before


async def test_a_server_that_was_left_is_noted_and_deleted_in_time(
    discord: DiscordServer, process: BotProcess, environment: dict[str, str]
) -> None:
    await shown(await add(discord, "fee", "What is paid for it."))
    assert await process.stop() == 0
    database = Path(environment["DATABASE_URL"].removeprefix("sqlite:///"))
    discord.guilds = [FOREIGN_GUILD_ID]
    discord.sessions.clear()
    await process.start()
    await process.says("no longer in 1 servers; their data is deleted in 30 days")
    assert await process.stop() == 0
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT guild_id FROM left_servers").fetchall() == [(int(GUILD_ID),)]
        connection.execute("UPDATE left_servers SET left_at = left_at - 40 * 86400")
    connection.close()
    discord.sessions.clear()
    await process.start()
    await process.says("was deleted; the bot left it long ago")
    assert await process.stop() == 0
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM own_entries").fetchone() == (0,)
    connection.close()


async def test_a_choice_that_the_menu_does_not_offer_changes_nothing(discord: DiscordServer) -> None:
    """Such an hour, kept in one server, would stop the posts of all servers."""
    message = await shown(await discord.interact(slash("glossary settings", by=MANAGER)))
    posts = await shown(await discord.interact(click(message, "do:posts:", by=MANAGER)))
    time = (await discord.interact(click(posts, "do:post-time:", by=MANAGER))).data
    for menu, value in (("pick:set-post-hour:", "99"), ("pick:set-digest-day:", "9"), ("pick:set-time-zone:", "../x")):
        answer = await discord.interact(choose(message | time, menu, value, by=MANAGER))
        assert answer.data["embeds"][0]["title"] == "That no longer works"
    again = (await discord.interact(click(posts, "do:post-time:", by=MANAGER))).data
    assert "09:00, UTC" in again["embeds"][0]["description"]
