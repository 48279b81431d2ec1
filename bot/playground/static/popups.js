// Boxes that open over the page: the menu of a message, and the names that may be meant.
"use strict";

const POPUP_GAP = 4;

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
