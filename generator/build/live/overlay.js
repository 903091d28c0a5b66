// Added by `vitrine serve` to each page it sends, never to the site: reloads it when the site was built again, and
// shows what keeps it from being built.
"use strict";

{
  const { version, language } = document.currentScript.dataset;
  let events;
  let shown;

  const show = (html) => {
    if (html === shown) return; // what the reader has folded stays folded
    shown = html;
    let host = document.querySelector("vitrine-overlay");
    if (!html) return host?.remove();
    host ??= document.body.appendChild(document.createElement("vitrine-overlay"));
    const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    root.innerHTML = html;
  };

  const follow = () => {
    events?.close();
    if (document.hidden) return; // a browser holds six connections to a host: tabs in the background keep none
    events = new EventSource(`/__vitrine__/events?lang=${language}`);
    events.onmessage = ({ data }) => {
      const state = JSON.parse(data);
      if (state.version === version) return show(state.overlay);
      events.close();
      location.reload();
    };
    events.onerror = () => {
      if (events.readyState === EventSource.CLOSED) setTimeout(follow, 1000);
    };
  };

  document.addEventListener("visibilitychange", follow);
  follow();
}
