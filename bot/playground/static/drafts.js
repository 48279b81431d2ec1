// What is written and not sent yet stays in the message box while the page shows another conversation or loads anew.
"use strict";

/** Keep the text of the message box when the page is left, and put it back when the page is there again. */
function keepDraft() {
  const key = `playground-draft ${TOKEN.split(".")[0]}`;
  const draft = window.sessionStorage.getItem(key);
  const box = document.querySelector("#channel-composer-input");
  // simcord gives the box this name when it is ready; while a sent message is edited, the box has another name.
  const isReady = () => box.dataset.controlKey?.startsWith("composer:");
  window.addEventListener("pagehide", () => {
    const isSending = window.simcordPreview.pendingAction?.kind === "send_message";
    if (isReady()) window.sessionStorage.setItem(key, isSending ? "" : box.value);
  });
  if (!draft) return;
  const waiting = new MutationObserver(() => {
    if (!isReady()) return;
    waiting.disconnect();
    window.sessionStorage.removeItem(key);
    fillIn(draft);
  });
  waiting.observe(box, { attributeFilter: ["data-control-key"] });
}
