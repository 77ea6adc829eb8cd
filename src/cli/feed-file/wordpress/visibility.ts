/** The visibility of a WordPress item: its type, its status, its password, and the guards of plugins. Pure. */
import { hiddenByStatus, labelOf } from "../exports/export-status.ts";
import { type Hidden, strictest } from "../hidden.ts";
import { decodedName, plainTitle } from "../exports/plain-title.ts";
import { guardsOf } from "./guards/guards.ts";
import type { WxrItem } from "./wxr.ts";

// The types of WordPress itself (Post Types, Developer Resources), and their names for people.
const TECHNICAL = new Map([
  ["attachment", "a file of the media library"],
  ["custom_css", "a style sheet"],
  ["customize_changeset", "a change of the site’s looks"],
  ["nav_menu_item", "an item of a menu"],
  ["oembed_cache", "a cached embed"],
  ["revision", "an earlier revision"],
  ["user_request", "a request about personal data"],
  ["wp_block", "a block for reuse"],
  ["wp_font_face", "a font"],
  ["wp_font_family", "a font"],
  ["wp_global_styles", "a style sheet"],
  ["wp_navigation", "a menu"],
  ["wp_template", "a template"],
  ["wp_template_part", "a part of a template"],
]);

// The statuses of posts that every reader may see, now or at the post's own time. A plugin's words open nothing.
const OPEN = ["publish", "future"];

/** Why not every reader may see an item; undefined only when all of its signs allow it. */
export function hiddenOf(item: WxrItem): Hidden | undefined {
  const label = labelOf(plainTitle(item.title), decodedName(item.guid ?? item.link ?? item.id));
  const types = item.types.length === 0 ? [""] : item.types;
  const statuses = item.statuses.length === 0 ? [""] : item.statuses;
  return strictest([
    ...types.map((type) => hiddenByType(type.trim(), label)),
    ...statuses.map((status) => hiddenByStatus(status, OPEN, label)),
    ...item.passwords.map((password) => hiddenByPassword(password, label)),
    hiddenByGuards(guardsOf(item), label),
  ]);
}

/** Whether readers may see an attachment. The status "inherit" is that of its post. */
export function isShownAttachment(item: WxrItem): boolean {
  const { types, statuses } = item;
  return (
    types.some((type) => type.trim() === "attachment") &&
    statuses.every((status) => ["inherit", "publish"].includes(status.trim())) &&
    guardsOf(item).length === 0
  );
}

function hiddenByType(type: string, label: string): Hidden | undefined {
  switch (type) {
    case "post":
      return undefined;
    case "":
      return { action: "keep-as-draft", reason: `The export names no type of ${label}.` };
    case "page":
      return { action: "keep-as-draft", reason: `${label} is a page, and pages stand in no feed.` };
    default: {
      const known = TECHNICAL.get(type) ?? (type.startsWith("wp_") ? "a technical item" : undefined);
      const what = known === undefined ? `of the type “${type}”` : `${known} (${type})`;
      return { action: "leave-out", reason: `${label} is ${what}, not a post.` };
    }
  }
}

// An export may be indented; a password has no line end.
function hiddenByPassword(password: string, label: string): Hidden | undefined {
  const isIndentation = password.includes("\n") && password.trim() === "";
  if (password === "" || isIndentation) return undefined;
  return { action: "keep-as-draft", reason: `${label} is protected by a password in the export.` };
}

// Enough for a person to find the others.
const MAX_GUARDS_NAMED = 5;

function hiddenByGuards(guards: readonly string[], label: string): Hidden | undefined {
  if (guards.length === 0) return undefined;
  const named = guards.slice(0, MAX_GUARDS_NAMED).join(", ");
  return {
    action: "keep-as-draft",
    reason: `${label} is for some readers only, in whole or in part: the export guards it by ${named}.`,
  };
}
