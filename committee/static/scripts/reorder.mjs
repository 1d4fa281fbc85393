// The agenda in a new order: by the move buttons without loading the page, and by dragging a handle.
// Without this script the same buttons post their forms, so nothing here is needed to do the work.
import { announce } from "./announce.mjs";
import { refresh, send } from "./server.mjs";

const ITEM = "[data-agenda-item]";

/** Make one agenda list (an element with data-order-url) movable. */
export function enhance(list) {
  for (const item of items(list)) addHandle(list, item);
  const notice = document.querySelector("[data-refused]");
  if (refused && notice) {
    notice.textContent = refused;
    notice.hidden = false;
  }
  document.querySelector("[data-drag-hint]")?.removeAttribute("hidden");
  list.addEventListener("submit", (event) => moveByButton(list, event));
}

function items(list) {
  return [...list.querySelectorAll(`:scope > ${ITEM}`)];
}

function title(item) {
  return item.dataset.title;
}

let refused = ""; // why the last new order was not kept, to be shown above the list that is fetched again

// One order is sent after another: the server must hear of the last one last.
let saving = Promise.resolve();

function save(list, moved) {
  markEnds(list);
  saving = saving.then(() => sendOrder(list, moved));
}

async function sendOrder(list, moved) {
  if (!list.isConnected) return; // an earlier order was refused, and the list was fetched again
  const token = list.querySelector("input[name=csrf_token]").value;
  const group = list.closest("[data-agenda]");
  const ids = [...group.querySelectorAll(ITEM)].map((item) => item.dataset.agendaItem);
  try {
    const answer = await send(
      list.dataset.orderUrl,
      [["csrf_token", token], ...ids.map((id) => ["items", id])],
    );
    renumber(group, answer.items);
    const place = items(list).indexOf(moved) + 1;
    announce(`${title(moved)} is now ${place} of ${items(list).length}.`);
  } catch (error) {
    announce(error.message);
    refused = error.message;
    await refresh(group.id);
    refused = "";
  }
}

// What the first and the last item cannot do is marked, as the server marks it.
function markEnds(list) {
  const all = items(list);
  for (const item of all) {
    for (const button of item.querySelectorAll("button[name=to]")) {
      const end = ["up", "first"].includes(button.value) ? all[0] : all.at(-1);
      if (item === end) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
  }
}

function renumber(group, fresh) {
  for (const { id, number } of fresh) {
    const item = group.querySelector(`[data-agenda-item="${id}"]`);
    if (item) item.querySelector("[data-number]").textContent = number;
  }
}

const PLACES = {
  up: (all, at) => all[at - 1],
  down: (all, at) => all[at + 2] ?? null,
  first: (all) => all[0],
  last: () => null,
};

function moveByButton(list, event) {
  const direction = event.submitter?.value;
  const item = event.target.closest(ITEM);
  if (!item || !(direction in PLACES)) return;
  event.preventDefault();
  if (event.submitter.ariaDisabled === "true") {
    announce(`${title(item)} is already there.`);
    return;
  }
  const all = items(list);
  const before = PLACES[direction](all, all.indexOf(item));
  if (before === undefined || before === item) return;
  list.insertBefore(item, before);
  event.submitter.focus();
  save(list, item);
}

function addHandle(list, item) {
  if (item.querySelector(".app-agenda__handle")) return;
  const handle = document.createElement("span");
  handle.className = "app-agenda__handle";
  handle.setAttribute("aria-hidden", "true"); // the move buttons do the same for those who do not use a pointer
  handle.append(dots());
  item.querySelector("[data-handle]").prepend(handle);
  handle.addEventListener("pointerdown", (event) => drag(list, item, handle, event));
}

function dots() {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  picture.setAttribute("width", "20");
  picture.setAttribute("height", "24");
  picture.setAttribute("fill", "currentColor");
  for (const x of [6, 14]) {
    for (const y of [4, 12, 20]) {
      const dot = document.createElementNS(space, "circle");
      for (const [name, value] of [["cx", x], ["cy", y], ["r", 2]]) dot.setAttribute(name, value);
      picture.append(dot);
    }
  }
  return picture;
}

function drag(list, item, handle, start) {
  if (start.button !== 0) return;
  start.preventDefault();
  handle.setPointerCapture(start.pointerId);
  item.classList.add("app-agenda__item--dragged");
  const before = items(list);
  const stop = new AbortController();
  const options = { signal: stop.signal };
  handle.addEventListener("pointermove", (event) => follow(list, item, event.clientY), options);
  handle.addEventListener("pointerup", () => drop(), options);
  handle.addEventListener("pointercancel", () => putBack(), options);
  document.addEventListener("keydown", (event) => event.key === "Escape" && putBack(), options);

  function finish() {
    stop.abort();
    item.classList.remove("app-agenda__item--dragged");
  }
  function drop() {
    finish();
    if (items(list).some((each, at) => each !== before[at])) save(list, item);
  }
  function putBack() {
    finish();
    list.append(...before);
  }
}

// The neighbours move past the dragged item, never the item itself: taking it out of the page, even for a moment,
// would take the pointer away from its handle.
function follow(list, item, y) {
  const others = items(list).filter((each) => each !== item);
  const above = others.filter((each) => {
    const box = each.getBoundingClientRect();
    return y >= box.top + box.height / 2;
  });
  const place = () => items(list).indexOf(item);
  while (place() < above.length) list.insertBefore(item.nextElementSibling, item);
  while (place() > above.length) item.after(item.previousElementSibling);
  const edge = 60; // pixels from the edge of the window where the page starts to move with the item
  if (y < edge) window.scrollBy(0, -12);
  if (y > window.innerHeight - edge) window.scrollBy(0, 12);
}
