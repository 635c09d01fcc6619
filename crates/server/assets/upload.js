// Sends files with their progress, and takes those that are dropped; without this file the form sends
// them by itself.
"use strict";
{
  const form = document.querySelector("form[data-drop]");
  const files = form?.querySelector("input[type=file]");
  const state = form?.querySelector("[data-state]");
  const bar = state?.querySelector("progress");
  const words = state?.querySelector("[data-words]");
  const megabytes = (bytes) => Math.max(1, Math.round(bytes / 1e6)).toLocaleString(document.documentElement.lang);
  const say = (text) => { if (words.textContent !== text) words.textContent = text; };
  let request;

  const sending = (on) => {
    state.hidden = !on;
    for (const part of form.querySelectorAll("[data-rest]")) part.hidden = on;
  };
  const failed = () => {
    sending(false);
    state.hidden = false;
    bar.hidden = true;
    say(form.dataset.failed);
  };
  const send = () => {
    request = new XMLHttpRequest();
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.hidden = false;
      bar.max = total;
      bar.value = loaded;
      say(form.dataset.sending
        .replace("{share}", Math.floor((loaded * 100) / total))
        .replace("{sent}", megabytes(loaded))
        .replace("{all}", megabytes(total)));
    });
    request.addEventListener("load", () => {
      // Taken: the answer leads to the page of the import.
      if (request.status === 200) location.assign(request.responseURL);
      else failed();
    });
    request.addEventListener("error", failed);
    request.addEventListener("abort", () => sending(false));
    request.open("POST", form.action);
    request.send(new FormData(form));
    sending(true);
  };

  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  form?.querySelector("[data-cancel]").addEventListener("click", () => request?.abort());
  // A file that is dropped beside the box must not replace the page.
  addEventListener("dragover", (event) => form && event.preventDefault());
  addEventListener("drop", (event) => form && event.preventDefault());
  form?.addEventListener("dragover", () => form.classList.add("over"));
  form?.addEventListener("dragleave", () => form.classList.remove("over"));
  form?.addEventListener("drop", (event) => {
    form.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    files.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}
