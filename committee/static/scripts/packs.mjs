// Follows a pack while it is built: a bar and one line of words that change, and a few spoken milestones.
import { announce } from "./announce.mjs";
import { poll, read, refresh } from "./server.mjs";

const ASK_EVERY = 1000; // milliseconds
const SPOKEN_STEP = 25; // per cent between two spoken milestones

/** Follow the build shown in `panel` (an element with data-progress-url) until it ends, then show its result. */
export async function enhance(panel) {
  const name = panel.dataset.name;
  let spoken = 0;
  await poll(async () => {
    const progress = await read(panel.dataset.progressUrl);
    if (progress.finished) {
      await refresh(panel.dataset.region, "history");
      announce(`${name}: ${progress.label}.`);
      return true;
    }
    show(panel, progress);
    const percent = progress.total ? Math.floor((100 * progress.done) / progress.total) : 0;
    if (percent >= spoken + SPOKEN_STEP) {
      spoken = percent - (percent % SPOKEN_STEP);
      announce(`${name}: ${spoken}% built.`);
    }
    return false;
  }, ASK_EVERY);
}

function show(panel, { done, total, label, current }) {
  const bar = panel.querySelector("progress");
  if (total) {
    bar.max = total;
    bar.value = done;
  }
  panel.querySelector("[data-progress-words]").textContent = current ?? label;
}
