// The conversations: the server's channel, and the direct messages with the bot.
"use strict";

/** List the conversations beside the one that is shown, and let people open them. */
async function conversations() {
  const { channel, people } = await ask("/api/playground/conversations");
  const direct = people.find((one) => one.token === TOKEN);
  const me = () => direct ?? people.find((one) => window.location.hash.endsWith(`.${one.id}`)) ?? people[0];
  const list = make("nav", "playground-conversations", "", { "aria-label": "Conversations" });
  list.append(
    make("h2", "playground-heading", "Playground"),
    entry(channel.name, make("span", "playground-hash", "#", { "aria-hidden": "true" }), !direct,
      () => asPerson(channel, me().id)),
    entry("Direct messages", make("img", "", "", { src: "/playground/glossary.png", alt: "" }), Boolean(direct),
      () => me().token),
  );
  document.querySelector("#preview-workspace").prepend(list);
  // An open form keeps people from everything else on the page.
  const toolbar = document.querySelector("#toolbar");
  new MutationObserver(() => { list.inert = toolbar.inert; }).observe(toolbar, { attributeFilter: ["inert"] });
  if (direct) showDirect(people, direct);
  else remember(channel);
}

/** Return what the address of a channel ends with for somebody. */
function asPerson(channel, id) {
  return `${channel.token}.${id}`;
}

/** Make an entry of the list. simcord's page loads itself anew when the end of its address changes. */
function entry(name, sign, isShown, end) {
  const button = make("button", "playground-conversation", "", { type: "button" });
  if (isShown) button.setAttribute("aria-current", "page");
  button.append(sign, make("span", "", name));
  button.addEventListener("click", () => {
    if (!isShown) window.location.hash = end();
  });
  return button;
}

/** Show somebody's direct messages: whose they are, and what they are for. */
function showDirect(people, direct) {
  const picker = make("select", "", "", { "aria-label": "You are" });
  for (const one of people) picker.append(new Option(one.name, one.token, false, one === direct));
  picker.addEventListener("change", () => { window.location.hash = picker.value; });
  document.querySelector("#viewer-picker").replaceWith(picker);
  document.querySelector("#channel-empty").textContent =
    "Only you and the bot read this. Ask a question, or type / for commands.";
}

/** Keep in the address who somebody is in a channel, so that they stay it wherever they go. */
function remember(channel) {
  const picker = document.querySelector("#viewer-picker");
  picker.addEventListener("change", () => {
    window.history.replaceState(null, "", `#${asPerson(channel, picker.value)}`);
  }, true);
}
