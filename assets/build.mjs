// Compiles the style sheet and copies the third-party files that the pages use into committee/static.
// The results are committed, so that running the product needs no Node.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const target = join(here, "..", "committee", "static");

const FONT = "noto-sans";
const FACES = ["latin-400", "latin-700", "latin-ext-400", "latin-ext-700"];

async function styles() {
  const { css } = compile(join(here, "sass", "quorate.scss"), {
    loadPaths: [join(here, "sass"), modules],
    style: "compressed",
    charset: false,
    quietDeps: true,
  });
  for (const word of ["GDS Transport", "crown"]) {
    if (css.includes(word)) throw new Error(`The style sheet must not name ${word}.`);
  }
  await writeFile(join(target, "quorate.css"), `${css}\n`);
}

async function fonts() {
  const source = join(modules, "@fontsource", FONT);
  for (const face of FACES) {
    const file = `${FONT}-${face}-normal.woff2`;
    await copyFile(join(source, "files", file), join(target, "fonts", file));
  }
  await copyFile(join(source, "LICENSE"), join(target, "fonts", "LICENCE.txt"));
}

async function scripts() {
  const source = join(modules, "govuk-frontend", "dist", "govuk", "govuk-frontend.min.js");
  const script = await readFile(source, "utf8");
  // The source map is not shipped, so its address would only make browsers ask for a missing file.
  const bare = script.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
  await writeFile(join(target, "vendor", "govuk-frontend.min.js"), bare);
  await copyFile(
    join(here, "licences", "govuk-frontend.txt"),
    join(target, "vendor", "govuk-frontend.LICENCE.txt"),
  );
}

await Promise.all(["fonts", "vendor"].map((name) => mkdir(join(target, name), { recursive: true })));
await Promise.all([styles(), fonts(), scripts()]);
