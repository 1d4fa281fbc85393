// Loaded by every page. Starts the Design System's own scripts, then ours for what the page holds.
import { initAll } from "../vendor/govuk-frontend.min.js";
import { enhance as enhanceBundle } from "./bundles.mjs";
import { enhance as enhanceContinuing } from "./continuing.mjs";
import { enhance as enhanceFields } from "./fields.mjs";
import { enhance as enhancePack } from "./packs.mjs";
import { enhance as enhancePasskey } from "./passkeys.mjs";
import { enhance as enhanceList } from "./reorder.mjs";
import { startFreshPiecesWith } from "./server.mjs";
import { enhance as enhanceZone } from "./uploads.mjs";

const ENHANCED = [
  ["[data-order-url]", enhanceList],
  ["[data-module='app-drop-zone']", enhanceZone],
  ["[data-module='app-bundle']", enhanceBundle],
  ["[data-only-while]", enhanceFields],
  ["[data-module='app-pack-progress']", enhancePack],
  ["[data-module='app-passkey']", enhancePasskey],
  ["[data-module='app-continue']", enhanceContinuing],
];

function startIn(scope) {
  initAll({ scope });
  for (const [selector, enhance] of ENHANCED) {
    scope.querySelectorAll(selector).forEach((element) => {
      enhance(element);
    });
  }
}

document.body.classList.add("js-enabled", "govuk-frontend-supported");
startFreshPiecesWith(startIn);
startIn(document);
