// Keys for those who like them; every page works without this file.
//   /  searches      j k  move in a list      Enter  opens      e  corrects      r  refuses
//   u  undoes        ?  shows this list
"use strict";
{
  const rows = () => [...document.querySelectorAll("main tbody tr, main .hits > li, main .due > li")]
    .filter((row) => row.querySelector("a[href]") && row.offsetParent);
  let at = -1;

  const move = (by) => {
    const all = rows();
    if (!all.length) return;
    all[at]?.classList.remove("at");
    at = Math.min(Math.max(at + by, 0), all.length - 1);
    all[at].classList.add("at");
    const link = all[at].querySelector("th a[href], a[href]");
    link.focus({ preventScroll: true });
    all[at].scrollIntoView({ block: "nearest" });
  };
  const press = (selector) => {
    const target = document.querySelector(selector);
    target?.click();
    return Boolean(target);
  };
  const search = () => {
    const field = document.querySelector("main input[type=search]");
    if (field) field.focus(), field.select();
    else location.href = "/search";
  };
  const does = {
    "/": search,
    j: () => move(1),
    k: () => move(-1),
    e: () => press("[data-key=e]"),
    r: () => press("[data-key=r]"),
    u: () => press("[data-key=u]"),
    "?": () => press("[data-key='?']"),
  };

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const act = does[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
