// Files dragged in from outside the browser. Each place that takes them lights up, and a file that is let go beside them
// all is not opened in place of the page.

let takers = 0;

/** Call `take` with the files that are dropped on `zone`, while `lit` shows that they would be taken. */
export function takeDrops(zone, take, lit = zone) {
  if (takers === 0) guardPage();
  takers += 1;
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => {
      if (!holdsFiles(event)) return;
      accept(event);
      lit.classList.add("app-takes-files--over");
    });
  }
  for (const kind of ["dragleave", "drop"]) {
    zone.addEventListener(kind, () => lit.classList.remove("app-takes-files--over"));
  }
  zone.addEventListener("drop", (event) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (!files.length) return;
    accept(event);
    document.body.classList.remove("app-dragging-files");
    take(files);
  });
  lit.classList.add("app-takes-files");
}

function accept(event) {
  event.preventDefault();
  event.stopPropagation();
  document.body.classList.add("app-dragging-files");
}

function holdsFiles(event) {
  return event.dataTransfer?.types.includes("Files");
}

function guardPage() {
  const { body } = document;
  for (const kind of ["dragenter", "dragover", "drop"]) {
    window.addEventListener(kind, (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "none";
      body.classList.toggle("app-dragging-files", kind !== "drop");
    });
  }
  window.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) body.classList.remove("app-dragging-files");
  });
}
