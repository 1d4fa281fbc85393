// Talks to the server and puts fresh pieces of the same page in place of old ones.

/** Send form fields and read the JSON answer. Throws an Error whose message can be shown. */
export async function send(url, fields) {
  const answer = await fetch(url, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { Accept: "application/json" },
    credentials: "same-origin",
  });
  return readJson(answer);
}

/** Read a JSON answer from `url`. Throws an Error whose message can be shown. */
export async function read(url) {
  return readJson(
    await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" }),
  );
}

async function readJson(answer) {
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  throw new Error(body.error?.message ?? "Something went wrong. Reload the page and try again.");
}

let startIn = () => {};

/** Have `start` called with every piece of a page that is put in place of an old one. */
export function startFreshPiecesWith(start) {
  startIn = start;
}

/**
 * Fetch the current page again and take over the elements with these ids from it.
 * Focus stays on the control that had it when a control with the same id is still there.
 */
export async function refresh(...ids) {
  const answer = await fetch(window.location.href, {
    headers: { Accept: "text/html" },
    credentials: "same-origin",
  });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focused = document.activeElement?.id;
  for (const id of ids) {
    const fresh = page.getElementById(id);
    const old = document.getElementById(id);
    if (fresh && old && !old.contains(openField(old))) {
      old.replaceWith(document.adoptNode(fresh));
      startIn(fresh);
    }
  }
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
}

// A field that somebody is typing into must never be swapped away under their hands.
function openField(region) {
  const field = document.activeElement;
  const typing = field?.matches("input:not([type=hidden]), textarea, select");
  return typing && region.contains(field) ? field : null;
}

/** Call `step` again and again until it answers true, waiting `pause` milliseconds in between; slower after errors. */
export async function poll(step, pause) {
  let wait = pause;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (document.hidden) continue;
    try {
      if (await step()) return;
      wait = pause;
    } catch {
      wait = Math.min(wait * 2, 30_000);
    }
  }
}
