// Keeps the strip of an import under way in step with the server; without this file the import's own
// page asks again by itself every three seconds.
"use strict";
{
  const strip = document.querySelector("[data-live]");
  const follow = async (strip) => {
    let answer;
    try {
      answer = await fetch(strip.dataset.live, { credentials: "same-origin" });
    } catch {
      return setTimeout(follow, 5000, strip); // The server is away for a moment.
    }
    // The import is over, or the session: the page has something else to say.
    if (answer.status !== 200 || answer.redirected) return location.reload();
    const told = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = told.querySelector("[data-live]");
    if (!next) return;
    const sofar = document.querySelector("[data-sofar]");
    if (sofar) sofar.textContent = told.querySelector("[data-sofar]").textContent;
    // Only what moves is replaced: the button keeps the focus.
    strip.querySelector("p").replaceWith(next.querySelector("p"));
    strip.querySelector("progress").value = next.querySelector("progress").value;
    setTimeout(follow, 1000, strip);
  };
  if (strip) setTimeout(follow, 1000, strip);
}
