// The messages: the newest stays in view, and each has a menu.
"use strict";

/** Keep the newest message in view when one arrives. */
function followNewest() {
  const timeline = document.querySelector("#channel-timeline");
  const list = document.querySelector("#channel-message-list");
  let newest = 0n;
  const down = () => { timeline.scrollTop = timeline.scrollHeight; };
  new MutationObserver(() => {
    const ids = [...list.querySelectorAll("[data-message-id]")].map((one) => BigInt(one.dataset.messageId));
    const last = ids.reduce((most, id) => (id > most ? id : most), 0n);
    if (last > newest || newest === 0n) {
      // Pictures and simcord's own scrolling settle a little later.
      for (const pause of [0, 100, 300]) window.setTimeout(down, pause);
    }
    newest = last;
    document.querySelectorAll(".channel-message").forEach(addMenuButton);
  }).observe(list, { childList: true, subtree: true });
}

function addMenuButton(message) {
  const toolbar = message.querySelector(":scope > .message-context-actions");
  if (toolbar === null || toolbar.querySelector(".playground-apps")) return;
  const button = make("button", "message-action-button playground-apps", "⋯",
    { type: "button", "aria-label": "Apps", title: "Apps" });
  button.addEventListener("click", () => {
    const place = button.getBoundingClientRect();
    void openMenu(message, place.left, place.bottom);
  });
  toolbar.append(button);
}

/** Show the commands that the person may use on a message. */
async function openMenu(message, left, top) {
  const { commands } = await offered();
  const menu = popup("menu", left, top);
  menu.append(make("div", "playground-heading", "Apps"));
  for (const command of commands) {
    const item = make("button", "playground-item", command, { type: "button", role: "menuitem" });
    item.addEventListener("click", () => {
      closePopup();
      void doing("One moment…", () => useCommand(message.dataset.messageId, command));
    });
    menu.append(item);
  }
  place(menu, left, top);
  menu.querySelector("button")?.focus();
}

async function useCommand(message, command) {
  const { contextId: context, viewerId: viewer } = window.simcordPreview;
  const body = JSON.stringify({ context, viewer, message, command });
  await ask("/api/playground/menu", { method: "POST", body });
}
