// Several papers at once: dropped on an item or chosen in its file field, sent one after another so that they keep
// their order, each with its own progress, and then followed until the server has checked them.
import { announce } from "./announce.mjs";
import { poll, read, refresh } from "./server.mjs";

const CHECK_EVERY = 1500; // milliseconds

/** Make one upload form (data-module="app-drop-zone") take several files with progress. */
export function enhance(zone) {
  const form = zone.matches("form") ? zone : zone.querySelector("form");
  const field = form.querySelector("input[type=file]");
  zone.querySelector("[data-invitation]")?.removeAttribute("hidden");
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      zone.classList.add("app-drop-zone--over");
    });
  }
  for (const kind of ["dragleave", "drop"]) {
    zone.addEventListener(kind, () => zone.classList.remove("app-drop-zone--over"));
  }
  zone.addEventListener("drop", (event) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    sendAll(zone, form, field.multiple ? files : files.slice(0, 1));
  });
  form.addEventListener("submit", (event) => {
    const files = [...field.files];
    if (!files.length) return; // the server explains what is missing
    event.preventDefault();
    field.value = "";
    sendAll(zone, form, files);
  });
  if (zone.dataset.checking === "true") follow(zone);
}

async function sendAll(zone, form, files) {
  const lines = files.map((file) => addLine(zone, file));
  announce(files.length === 1 ? `Sending ${files[0].name}.` : `Sending ${files.length} files.`);
  let sent = 0;
  for (const [at, file] of files.entries()) {
    try {
      await sendOne(form, file, lines[at]);
      lines[at].say("Sent. Being checked.");
      sent += 1;
    } catch (error) {
      lines[at].refuse(error.message);
      announce(`${file.name}: ${error.message}`);
    }
  }
  if (sent) {
    announce(sent === 1 ? "1 file sent. It is being checked." : `${sent} files sent. They are being checked.`);
    follow(zone);
  }
}

function addLine(zone, file) {
  const line = document.createElement("li");
  line.className = "app-upload";
  const words = document.createElement("span");
  const bar = document.createElement("progress");
  bar.className = "app-progress";
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", `Sending ${file.name}`);
  words.textContent = `${file.name}: waiting to be sent`;
  line.append(words, bar);
  zone.querySelector("[data-uploads]").append(line);
  return {
    at(percent) {
      bar.value = percent;
      words.textContent = `${file.name}: ${percent}% sent`;
    },
    say(text) {
      bar.remove();
      line.dataset.sent = "true";
      words.textContent = `${file.name}: ${text}`;
    },
    refuse(text) {
      bar.remove();
      line.classList.add("app-upload--refused");
      words.textContent = `${file.name}: ${text}`;
    },
  };
}

// fetch() does not tell how much has been sent; XMLHttpRequest does.
function sendOne(form, file, line) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData(form);
    const name = form.querySelector("input[type=file]").name;
    body.delete(name);
    body.append(name, file, file.name);
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) line.at(Math.floor((100 * event.loaded) / event.total));
    });
    request.addEventListener("load", () => settle(request, resolve, reject));
    request.addEventListener("error", () =>
      reject(new Error("The file could not be sent. Check the connection and try again.")),
    );
    request.send(body);
  });
}

function settle(request, resolve, reject) {
  let answer = {};
  try {
    answer = JSON.parse(request.responseText);
  } catch {
    // an answer that is not JSON is told by its status alone
  }
  if (request.status < 300) return resolve(answer);
  return reject(new Error(answer.error?.message ?? "The file was not accepted. Reload the page and try again."));
}

const followed = new Set();

async function follow(zone) {
  const url = zone.dataset.progressUrl;
  if (followed.has(url)) return;
  followed.add(url);
  await refresh(zone.dataset.region);
  await poll(async () => {
    const { checking, summary } = await read(url);
    if (checking) return false;
    await refresh(zone.dataset.region);
    zone.querySelectorAll("[data-sent]").forEach((line) => line.remove());
    announce(summary);
    return true;
  }, CHECK_EVERY);
  followed.delete(url);
}
