// simcord draws all messages again whenever a menu opens or closes. This file keeps what that would spoil.
"use strict";

// Where a message has pictures: in an embed, and in the files that somebody sent.
const PICTURES = "figure.embed-image, .message-attachments";

/** Keep the space of pictures until they are loaded again; simcord closes a menu that they push out of view. */
function keepSpaces() {
  const list = document.querySelector("#channel-message-list");
  const sizes = new ResizeObserver((changes) => {
    for (const { target, contentRect } of changes) {
      const isLoaded = [...target.querySelectorAll("img")].every((one) => one.naturalWidth > 0);
      // page.css has the rules that use these heights.
      const name = target.matches("figure") ? "--embed-height" : "--files-height";
      if (isLoaded) target.closest(".channel-message")?.style.setProperty(name, `${contentRect.height}px`);
    }
  });
  new MutationObserver(() => {
    list.querySelectorAll(PICTURES).forEach((one) => sizes.observe(one));
  }).observe(list, { childList: true, subtree: true });
}

/** Press a button although its message is drawn again before the mouse is released, for example because a menu closes. */
function keepPresses() {
  const pressable = ":is(.channel-message, #modal-root) :is(button, a[href], [role=option])";
  let pressed = null;
  document.addEventListener("mousedown", (event) => { pressed = event.target.closest(pressable); }, true);
  document.addEventListener("mouseup", (event) => {
    if (event.button !== 0 || pressed === null || pressed.isConnected) return;
    const drawn = event.target.closest(pressable);
    const isSame = drawn?.textContent === pressed.textContent && drawn.dataset.controlKey === pressed.dataset.controlKey;
    if (isSame) drawn.click();
  }, true);
}
