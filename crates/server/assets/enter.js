// Posts the token of an entry link: it stands after `#`, so it is in no log and in no history.
"use strict";
{
  const token = location.hash.slice(1);
  const form = document.querySelector("form[data-enter]");
  if (token && form) {
    history.replaceState(null, "", location.pathname);
    form.elements.code.value = token;
    form.submit();
  }
}
