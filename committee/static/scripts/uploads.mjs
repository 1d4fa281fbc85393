// Several papers for one item, or a new version of a paper: dropped on its place or chosen in its file field.
import { takeDrops } from "./dropping.mjs";
import { follow, isChecking } from "./following.mjs";
import { sendAll } from "./sending.mjs";

/** Make one place for files (data-module="app-drop-zone") take them with progress. */
export function enhance(zone) {
  const form = zone.querySelector("form[enctype]");
  const field = form.querySelector("input[type=file]");
  takeDrops(zone, (files) => send(zone, form, field.multiple ? files : files.slice(0, 1)));
  form.addEventListener("submit", (event) => {
    const files = [...field.files];
    if (!files.length) return; // the server explains what is missing
    event.preventDefault();
    field.value = "";
    send(zone, form, files);
  });
  if (isChecking(zone)) follow(zone);
}

function send(zone, form, files) {
  const fields = [["csrf_token", form.elements.csrf_token.value]];
  sendAll(zone, form.action, files.map((file) => ({ file, fields })));
}
