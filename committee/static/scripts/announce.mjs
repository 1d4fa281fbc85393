// Says things to screen readers through the one live region of the page. Messages that come in quick succession
// replace each other, so that only the last is read out.
const PAUSE = 700; // milliseconds

let waiting;

/** Say `text` once, politely, after what is being read now. */
export function announce(text) {
  const region = document.getElementById("announcements");
  if (!region) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    region.textContent = text;
  }, PAUSE);
}
