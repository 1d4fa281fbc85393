// Sends files one after another, so that they keep their order, each with its own line of progress.
import { announce } from "./announce.mjs";
import { follow } from "./following.mjs";

/**
 * Send the files of `orders` (each a file with the form fields that go with it) to `url` and follow their checks.
 * Each file gets a line in the list of `zone` (an element with data-region and data-progress-url).
 */
export async function sendAll(zone, url, orders) {
  const lines = orders.map(({ file }) => addLine(zone, file));
  announce(orders.length === 1 ? `Sending ${orders[0].file.name}.` : `Sending ${orders.length} files.`);
  let sent = 0;
  for (const [at, { file, fields }] of orders.entries()) {
    try {
      await sendOne(url, file, fields, lines[at]);
      lines[at].say("Sent. Being checked.");
      sent += 1;
      follow(zone);
    } catch (error) {
      lines[at].refuse(error.message);
      announce(`${file.name}: ${error.message}`);
    }
  }
  if (sent) {
    announce(sent === 1 ? "1 file sent. It is being checked." : `${sent} files sent. They are being checked.`);
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
function sendOne(url, file, fields, line) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    for (const [name, value] of fields) body.append(name, value);
    body.append("files", file, file.name);
    request.open("POST", url);
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
