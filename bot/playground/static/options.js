// The options of a command that is being written: what the bot offers for them, and what was chosen.
"use strict";

const OPTION = ".command-option-input[role=combobox]";
const HAS_LIST = "[aria-controls=command-suggestion-listbox]";

/** Ask the bot for choices before anything is typed; simcord asks when something is. */
function askForChoices() {
  const asked = new WeakMap();
  document.addEventListener("focusin", (event) => {
    const field = event.target;
    if (!field.matches(OPTION) || field.value !== "" || field.readOnly || field.ariaInvalid === "true") return;
    const row = field.closest(".command-row");
    const before = asked.get(row) ?? new Set();
    // simcord may draw the field anew and focus it again; asking once is enough, since it keeps the choices.
    if (before.has(field.dataset.option)) return;
    asked.set(row, before.add(field.dataset.option));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

/** Close the list after a choice, and show the name of the choice; simcord leaves it open, and shows what it sends. */
function showChoices() {
  const chosen = new Map();
  const choiceOf = (field) => {
    const choice = chosen.get(field.dataset.controlKey);
    return choice && [choice.value, choice.name].includes(field.value) ? choice : undefined;
  };
  document.addEventListener("click", (event) => {
    const item = event.target.closest(".command-suggestion");
    const field = document.querySelector(`${OPTION}${HAS_LIST}`);
    if (item === null || field === null) return;
    const name = item.querySelector(".command-suggestion-label").textContent;
    chosen.set(field.dataset.controlKey, { value: item.dataset.value, name });
  }, true);
  document.addEventListener("input", (event) => {
    chosen.delete(event.target.dataset.controlKey);
  }, true);
  document.addEventListener("focusin", (event) => {
    const field = event.target;
    if (!field.matches(OPTION) || !choiceOf(field)) return;
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
  });
  // simcord hears of a new text in the field only by an event, so it still sends the value.
  new MutationObserver(() => {
    for (const field of document.querySelectorAll(OPTION)) {
      const choice = choiceOf(field);
      if (!choice || field.value === choice.name) continue;
      field.value = choice.name;
      field.style.width = `${choice.name.length + 1}ch`;
    }
  }).observe(document.querySelector("#channel-composer"), { childList: true, subtree: true });
}
