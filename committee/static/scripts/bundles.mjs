// All papers of a meeting at once: shows the item that each file's name says, to be put right before anything is sent.
import { announce } from "./announce.mjs";
import { takeDrops } from "./dropping.mjs";
import { sendAll } from "./sending.mjs";
import { send } from "./server.mjs";

/** Make the place for all papers (data-module="app-bundle") show where each file will go. */
export function enhance(bundle) {
  const form = bundle.querySelector("form[enctype]");
  const field = fileField(bundle);
  const add = (files) => addFiles(bundle, form, files);
  takeDrops(bundle.closest("main"), add, bundle); // items take what is dropped on them first
  bundle.querySelector("[data-invitation]").hidden = !window.matchMedia("(pointer: fine)").matches;
  field.addEventListener("change", () => {
    const files = [...field.files];
    field.value = "";
    add(files);
  });
  bundle.querySelector("[data-send]").addEventListener("click", () => sendThem(bundle, form));
  bundle.querySelector("[data-forget]").addEventListener("click", () => {
    for (const row of rows(bundle)) row.remove();
    recount(bundle);
    field.focus();
  });
}

const chosen = new WeakMap(); // the file of each row

function rows(bundle) {
  return [...bundle.querySelectorAll("[data-files-list] > li")];
}

async function addFiles(bundle, form, files) {
  if (!files.length) return;
  const places = await placesOf(bundle, form, files);
  const found = files.map((file, at) => ({ file, place: places[at] ?? null }));
  // In the order of the agenda, then of the names, so that a main paper goes before its appendices.
  const byName = new Intl.Collator("en", { numeric: true });
  const order = ({ place }) => place?.order ?? -1;
  found.sort((one, other) => order(one) - order(other) || byName.compare(one.file.name, other.file.name));
  for (const { file, place } of found) addRow(bundle, file, place);
  recount(bundle);
  const open = rows(bundle).filter((row) => !select(row).value);
  announce(`${count(files.length)} chosen. ${open.length ? `Choose an item for ${open.length}.` : "Each has its item."}`);
  (open.length ? select(open[0]) : bundle.querySelector("[data-send]")).focus();
}

async function placesOf(bundle, form, files) {
  const fields = [["csrf_token", form.elements.csrf_token.value], ...files.map(({ name }) => ["names", name])];
  try {
    return (await send(bundle.dataset.placesUrl, fields)).places;
  } catch {
    return []; // each item can still be chosen by hand
  }
}

function addRow(bundle, file, place) {
  const piece = bundle.querySelector("[data-file-row]").content.cloneNode(true);
  const row = piece.querySelector("li");
  chosen.set(row, file);
  row.querySelector("[data-name]").textContent = file.name;
  select(row).value = place?.item ?? "";
  select(row).addEventListener("change", () => say(row, ""));
  const leave = row.querySelector("[data-leave-out]");
  leave.setAttribute("aria-label", `Leave out ${file.name}`);
  leave.addEventListener("click", () => {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    recount(bundle);
    (next?.querySelector("[data-leave-out]") ?? fileField(bundle)).focus();
  });
  bundle.querySelector("[data-files-list]").append(piece);
}

function fileField(bundle) {
  return bundle.querySelector("input[type=file]");
}

function select(row) {
  return row.querySelector("select");
}

function count(number) {
  return number === 1 ? "1 file" : `${number} files`;
}

function recount(bundle) {
  const number = rows(bundle).length;
  bundle.querySelector("[data-files]").hidden = number === 0;
  bundle.querySelector("[data-send]").textContent = `Send ${count(number)}`;
  bundle.querySelector(".app-drop-zone button[type=submit]").hidden = number > 0;
}

function say(row, words) {
  const error = row.querySelector("[data-error]");
  error.hidden = !words;
  error.textContent = words;
}

function sendThem(bundle, form) {
  const all = rows(bundle);
  const open = all.filter((row) => !select(row).value);
  for (const row of open) say(row, "Choose an item for this file, or leave it out");
  if (open.length) {
    announce(`Choose an item for ${count(open.length)}, or leave ${open.length === 1 ? "it" : "them"} out.`);
    select(open[0]).focus();
    return;
  }
  const token = form.elements.csrf_token.value;
  const orders = all.map((row) => ({
    file: chosen.get(row),
    fields: [["csrf_token", token], ["item", select(row).value]],
  }));
  for (const row of all) row.remove();
  recount(bundle);
  fileField(bundle).focus();
  sendAll(bundle, form.action, orders);
}
