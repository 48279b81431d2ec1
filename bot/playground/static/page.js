// What the playground adds to simcord's page. This file has the top of the page, and starts the others.
"use strict";

const TOKEN = window.location.hash.slice(1);
const WATCH_MILLISECONDS = 3000;

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

/** Close the menu "More" with Escape and with a click elsewhere; simcord leaves it open. */
function closeMore() {
  const menu = document.querySelector(".session-menu");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

/** Say in a page whose playground has ended, or has started anew at another address, where to find it. */
function keepWatch() {
  const text = "The playground is not at this address. Start it in the terminal if it has ended, and open the address that it prints.";
  const lost = make("p", "playground-lost", text, { role: "alert" });
  const look = () => ask("/api/playground/conversations").then(() => lost.remove(), () => document.body.append(lost));
  void look();
  window.setInterval(look, WATCH_MILLISECONDS);
}

document.addEventListener("DOMContentLoaded", () => {
  brand();
  themes();
  closeMore();
  followNewest();
  keepSpaces();
  keepPresses();
  typing();
  attaching();
  askForChoices();
  showChoices();
  keepDraft();
  keepWatch();
  void conversations();
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
