// Writing a message: mentions, commands that a message names, and files.
"use strict";

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
