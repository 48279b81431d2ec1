// What the playground adds to simcord's page: the bot's name, the menu of a message, mentions, files, and light colours.
"use strict";

const TOKEN = window.location.hash.slice(1);
const POPUP_GAP = 4;

/** Make an element with a class, a text and attributes. */
function make(tag, className, text = "", attributes = {}) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** Ask the bot's side of the playground; throw an error that says what went wrong. */
async function ask(path, options = {}) {
  const answer = await fetch(path, { ...options, headers: { "X-Simcord-Capability": TOKEN } });
  if (!answer.ok) throw new Error((await answer.text()) || "That did not work.");
  return answer.json();
}

/** What the person may do now; it differs between members and moderators. */
function offered() {
  return ask(`/api/playground?viewer=${window.simcordPreview.viewerId}`);
}

/** Say shortly what happened. */
function say(text) {
  document.querySelector("#playground-status").textContent = text;
}

/** Do something that takes a moment, and show what came of it. */
async function doing(what, work) {
  say(what);
  try {
    await work();
    say("");
  } catch (error) {
    say(error.message);
  }
}

// ------------------------------------------------------------------ the top of the page

function brand() {
  document.title = "Glossary · playground";
  const place = document.querySelector(".preview-brand");
  const picture = make("img", "playground-picture", "", { src: "/playground/glossary.png", alt: "" });
  const name = make("span", "");
  name.append(make("strong", "", "Glossary"), make("small", "", "playground"));
  place.replaceChildren(picture, name);
  const people = document.querySelector("#viewer-picker");
  people.setAttribute("aria-label", "You are");
  people.previousSibling.textContent = "You are ";
  const icon = make("link", "", "", { rel: "icon", href: "/playground/glossary.png" });
  document.head.append(icon);
  const close = document.querySelector("#close");
  close.textContent = "Stop the playground";
  close.addEventListener("click", (event) => {
    if (!window.confirm("Stop the playground? The bot stops too; start it again in the terminal.")) {
      event.stopImmediatePropagation();
    }
  }, true);
  const popover = document.querySelector(".session-menu-popover");
  popover.append(make("small", "playground-credit", "Discord is simulated by SimCord."));
  document.querySelector("#toolbar").append(make("span", "toolbar-status", "", { id: "playground-status", role: "status" }));
}

function themes() {
  const button = make("button", "toolbar-button", "", { type: "button", id: "playground-theme" });
  const use = (theme) => {
    document.documentElement.dataset.theme = theme;
    button.textContent = theme === "dark" ? "Light" : "Dark";
    button.setAttribute("aria-label", `Use ${theme === "dark" ? "light" : "dark"} colours`);
  };
  const prefersLight = window.matchMedia("(prefers-color-scheme: light)").matches;
  use(window.localStorage.getItem("playground-theme") || (prefersLight ? "light" : "dark"));
  button.addEventListener("click", () => {
    const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    window.localStorage.setItem("playground-theme", next);
    use(next);
  });
  document.querySelector(".session-menu").before(button);
}

// ------------------------------------------------------------------ the newest message

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

// ------------------------------------------------------------------ the menu of a message

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

// ------------------------------------------------------------------ popups

function popup(role, left, top) {
  closePopup();
  const box = make("div", "playground-popup", "", { role, id: "playground-popup" });
  document.body.append(box);
  place(box, left, top);
  return box;
}

/** Put a box where it fits: below the point, or above it. */
function place(box, left, top) {
  const { width, height } = box.getBoundingClientRect();
  const below = top + POPUP_GAP + height <= window.innerHeight;
  box.style.left = `${Math.max(POPUP_GAP, Math.min(left, window.innerWidth - width - POPUP_GAP))}px`;
  box.style.top = `${below ? top + POPUP_GAP : Math.max(POPUP_GAP, top - height - POPUP_GAP)}px`;
}

function closePopup() {
  document.querySelector("#playground-popup")?.remove();
}

/** Move the mark in a popup, and return whether there was something to move. */
function step(by) {
  const items = [...document.querySelectorAll("#playground-popup .playground-item")];
  if (!items.length) return false;
  const now = items.findIndex((one) => one === document.activeElement || one.classList.contains("is-marked"));
  const next = items[(now + by + items.length) % items.length];
  items.forEach((one) => one.classList.toggle("is-marked", one === next));
  if (document.querySelector("#playground-popup").getAttribute("role") === "menu") next.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

// ------------------------------------------------------------------ typing: mentions and files

/** Return the name that is being typed before the cursor, with its sign: "@glo". */
function typedName(input) {
  return /(?:^|\s)([@#][^@#\n]{0,24})$/.exec(input.value.slice(0, input.selectionStart))?.[1];
}

/** Offer the names that fit what is being typed. */
async function complete(input) {
  const typed = typedName(input);
  if (typed === undefined) return closePopup();
  const { mentions } = await offered();
  if (typedName(input) !== typed) return undefined;
  const fitting = mentions.filter((one) => one.toLowerCase().startsWith(typed.toLowerCase()));
  if (!fitting.length || fitting.includes(typed)) return closePopup();
  const { left, top } = input.getBoundingClientRect();
  const list = popup("listbox", left, top);
  for (const name of fitting) {
    const item = make("div", "playground-item", name, { role: "option" });
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      insert(input, typed, name);
    });
    list.append(item);
  }
  list.style.top = `${top - list.getBoundingClientRect().height - POPUP_GAP}px`;
  step(1);
  return undefined;
}

function insert(input, typed, name) {
  const end = input.selectionStart;
  input.setRangeText(`${name} `, end - typed.length, end, "end");
  input.dispatchEvent(new Event("input", { bubbles: true }));
  closePopup();
}

function typing() {
  document.addEventListener("input", (event) => {
    const input = event.target;
    if (input instanceof HTMLTextAreaElement && input.closest("#channel-composer")) void complete(input);
  });
  document.addEventListener("keydown", (event) => {
    const box = document.querySelector("#playground-popup");
    if (box === null) return;
    const marked = box.querySelector(".is-marked");
    const isList = box.getAttribute("role") === "listbox";
    if (event.key === "Escape") closePopup();
    else if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (isList && marked && ["Enter", "Tab"].includes(event.key)) {
      const input = document.activeElement;
      insert(input, typedName(input) ?? "", marked.textContent);
    } else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  document.addEventListener("pointerdown", (event) => {
    if (!event.target.closest("#playground-popup")) closePopup();
  });
}

/** Fill a command that a message names into the message box, as Discord does. */
function fillIn(command) {
  const input = document.querySelector("#channel-composer textarea");
  if (input === null) return;
  input.focus();
  input.value = command;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Let the person attach files; simcord's page sends messages without. */
function attaching() {
  const form = document.querySelector("#channel-composer");
  const input = make("input", "", "", { type: "file", multiple: "", hidden: "", "aria-label": "Files" });
  const names = make("div", "playground-files");
  const button = make("button", "playground-attach", "+", { type: "button", "aria-label": "Attach files" });
  form.querySelector(".composer-row").prepend(button);
  form.prepend(names, input);
  let replyTo = "";

  const show = () => {
    names.replaceChildren(...[...input.files].map((file) => make("span", "playground-file", `📎 ${file.name}`)));
    if (!input.files.length) return;
    const drop = make("button", "playground-file", "Remove", { type: "button" });
    drop.addEventListener("click", () => { input.value = ""; show(); });
    names.append(drop);
  };
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", show);
  document.addEventListener("click", (event) => {
    const reply = /^message:(\d+):action:reply$/.exec(event.target.closest("[data-control-key]")?.dataset.controlKey ?? "");
    if (reply) replyTo = reply[1];
  }, true);

  const send = async () => {
    const text = form.querySelector("textarea");
    const message = new FormData();
    message.append("viewer", window.simcordPreview.viewerId);
    message.append("content", text?.value ?? "");
    if (!document.querySelector("#reply-context").hidden) message.append("reply_to", replyTo);
    for (const file of input.files) message.append("file", file, file.name);
    await ask("/api/playground/message", { method: "POST", body: message });
    input.value = "";
    show();
    if (text) {
      text.value = "";
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (!document.querySelector("#reply-context").hidden) document.querySelector("#reply-cancel").click();
  };
  document.addEventListener("submit", (event) => {
    if (event.target !== form || !input.files.length || form.querySelector("[data-command-mode=true]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void doing("Sending…", send);
  }, true);
}

document.addEventListener("DOMContentLoaded", () => {
  brand();
  themes();
  followNewest();
  typing();
  attaching();
  document.addEventListener("click", (event) => {
    const command = event.target.closest(".channel-message .command-mention");
    if (command !== null) fillIn(command.textContent);
  });
  document.addEventListener("contextmenu", (event) => {
    const message = event.target.closest(".channel-message");
    if (message === null || event.target.closest("a, textarea")) return;
    event.preventDefault();
    void openMenu(message, event.clientX, event.clientY);
  });
});
