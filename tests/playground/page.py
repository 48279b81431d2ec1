"""The page of the playground, in the words of somebody who uses it."""

import re
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from tests.process import BotProcess

# True once the answer to what was done last is there; the page ignores what is done before.
AT_REST = "() => window.simcordPreview.ready && !window.simcordPreview.pendingAction"
ADDRESS = r"http://127\.0\.0\.1:\d+/\S+"
# A machine that does much else at the same time is slow; on others nothing waits this long.
expect.set_options(timeout=20_000)
MEMBER, OTHER_MEMBER, MODERATOR = "Mia (member)", "Noah (member)", "Max (moderator)"


class Playground:
    """The page with its messages, the message box, and the person who uses it."""

    def __init__(self, page: Page) -> None:
        """Use a page of a browser."""
        self.page = page
        self.address = ""
        self.messages = page.locator("#channel-message-list > .channel-message")
        self.last = self.messages.last
        self.box = page.get_by_role("textbox", name="Message")
        self.choices = page.get_by_role("option")
        self.open_menus = page.locator(".select-list:popover-open")

    async def open(self, process: BotProcess) -> None:
        """Open the address that the bot prints, and wait for the first message."""
        self.address = (await process.says(ADDRESS))[0]
        await self.page.goto(self.address)
        await self.sees("Five things to try")

    async def sees(self, *texts: str) -> None:
        """Wait until the newest message has these texts."""
        for text in texts:
            await expect(self.last).to_contain_text(text)

    async def ask_to_stop(self) -> None:
        """Press the button that stops the playground, which opens a question of the browser."""
        await self.page.get_by_text("More", exact=True).click()
        await self.page.get_by_role("button", name="Stop the playground").click()

    async def act_as(self, name: str) -> None:
        """Become somebody else."""
        await self.page.get_by_label("You are").select_option(label=name)
        await expect(self.page.get_by_label("Pin").first).to_be_attached(attached="moderator" in name)

    async def open_conversation(self, name: str) -> None:
        """Open the channel or the direct messages from the list of conversations."""
        entry = self.page.get_by_role("navigation", name="Conversations").get_by_role("button", name=name)
        await entry.click()
        await expect(entry).to_have_attribute("aria-current", "page")
        await self.page.wait_for_function(AT_REST)

    async def command(self, name: str, typed: str = "", choice: str = "") -> None:
        """Pick a command, type into its first option, choose what is offered, and send it."""
        await self.pick(name)
        await self.page.keyboard.type(typed)
        if choice:
            await self.choices.filter(has_text=choice).first.click()
        elif typed:
            await self.page.keyboard.press("Escape")
        await self.send()

    async def pick(self, command: str) -> None:
        """Type a slash and a command, and choose it."""
        await self.box.click()
        await self.page.keyboard.type(f"/{command}")
        await self.page.locator(".command-entry", has_text=f"/{command}").first.wait_for()
        await self.page.keyboard.press("Enter")
        await self.page.locator(".command-chip", has_text=command).wait_for()

    async def send(self) -> None:
        """Send what was typed; the empty message box comes back when the bot has answered."""
        await self.page.locator("#send-message").click()
        await self.box.wait_for()

    async def say(self, text: str) -> None:
        """Send a message."""
        await self.box.fill(text)
        await expect(self.page.locator("#send-message")).to_be_enabled()
        await self.box.press("Enter")
        await expect(self.box).to_have_value("")

    async def attach(self, *files: Path) -> None:
        """Attach files to the next message, which `send_files` sends."""
        await self.page.get_by_label("Files", exact=True).set_input_files(files)

    async def send_files(self, text: str) -> None:
        """Send a message with the files that were attached."""
        before = await self.messages.count()
        await self.box.fill(text)
        await self.box.press("Enter")
        await expect(self.messages).to_have_count(before + 1)

    async def press(self, label: str) -> None:
        """Press a button of the newest message that has it; an emoji before its label need not be given."""
        named = re.compile(rf"^\W*{re.escape(label)}")
        await self.page.wait_for_function(AT_REST)
        await self.page.locator(".channel-message").get_by_role("button", name=named).last.click()

    async def choose(self, menu: str, option: str) -> None:
        """Choose in a menu of the newest message that has it."""
        await self.open_menu(menu)
        await self.choices.filter(has_text=option).first.click()

    async def open_menu(self, menu: str) -> None:
        """Open a menu of the newest message that has it."""
        await self.page.wait_for_function(AT_REST)
        await self.page.locator(".channel-message").get_by_text(menu).last.click()
        await expect(self.open_menus).to_be_visible()

    async def suggest(self, term: str, definition: str) -> None:
        """Look up a term that is missing, and suggest it."""
        await self.command("define", term)
        await self.press("Suggest this term")
        await self.fill_in(What_should_it_say=definition)
        await self.sees("Thank you")

    async def use_menu(self, message: Locator, command: str) -> None:
        """Use a command in the menu of a message."""
        await message.locator(".message-content, .attachment").first.click(button="right")
        await self.page.get_by_role("menuitem", name=command).click()

    async def fill_in(self, **fields: str) -> None:
        """Fill in fields of the open form by their labels, `_` for a space, and submit it."""
        form = self.page.get_by_role("dialog")
        for label, text in fields.items():
            await form.get_by_label(label.replace("_", " ")).fill(text)
        await form.get_by_role("button", name="Submit").click()
        await form.wait_for(state="hidden")
