// Follows the checks of papers that have been sent, and shows each result where the papers are listed.
import { announce } from "./announce.mjs";
import { poll, read, refresh } from "./server.mjs";

const ASK_EVERY = 1500; // milliseconds

const followed = new Map(); // by address: whether more papers were sent meanwhile

/** Follow the checks told at the zone's data-progress-url until none is left; once for all zones of a page. */
export async function follow(zone) {
  const { progressUrl: url, region } = zone.dataset;
  if (followed.has(url)) {
    followed.set(url, true);
    return;
  }
  followed.set(url, false);
  let last = -1;
  await poll(async () => {
    if (followed.get(url)) last = -1; // what was sent meanwhile is shown even if it is checked already
    followed.set(url, false);
    const { checking, summary } = await read(url);
    if (checking !== last) await refresh(...pieces(region));
    last = checking;
    if (checking || followed.get(url)) return false;
    followed.delete(url);
    for (const line of document.querySelectorAll("[data-sent]")) line.remove();
    announce(summary);
    return true;
  }, ASK_EVERY);
}

/** Whether papers were still being checked when the page was drawn. */
export function isChecking(zone) {
  return document.querySelector(`[data-fresh="${zone.dataset.region}"][data-checking="true"]`) !== null;
}

function pieces(region) {
  return [...document.querySelectorAll(`[data-fresh="${region}"]`)].map((piece) => piece.id);
}
