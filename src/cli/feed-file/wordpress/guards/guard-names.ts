/** The names of shortcodes and blocks by which plugins keep a part of a post from some readers. Pure. */

// Those that don't say so by their look, in lower case. ARMember, Content Control, Eyes Only, Groups, LearnDash, Members,
// MemberPress, Password Protect WordPress, Passster, Restrict Content Pro, s2Member, TinyPass, Ultimate Member, User Access
// Manager and WP Fusion have them.
const SHORTCODES = namesIn(
  "contentcontrol content_control content-control current_user_can eyesonly eyes_only groups_can groups_can_not has_role " +
    "if_user ifuser is_expired is_free is_paying mepr-active mepr-rule mepr-show mm_content passster ppw ppwp registered " +
    "registered_only role secret staff_only student tinypass tpmore um_show_content user_can user_only user_role " +
    "users_only visitor visitors wcm_show wpf",
);
// s2Member nests its conditions as `[_s2If]` and `[__s2If]`.
const S2MEMBER = /^_*s2if(?:$|[-_])/;

// Shortcodes of these plugins that enclose a text show it to some readers only.
const PLUGINS =
  /^(?:accessally|arm|groups|i4w|ihc|is4wp|ld|memb|mepr|mm|pmpro|pms|ppwp?|rcp|s2|swpm|um|wcm|wlm|wpf|wpmem|wppb|wpum)[-_]/;
const PLUGIN_BLOCKS =
  /^(?:content-control|groups|mepr|memberful|pmpro|pms|ppwp?|rcp|restrict-user-access|swpm|um|wcm|wpmem|wppb)\//;

// Words of access control, alone or in a longer name; some in other languages.
const LOOK = new RegExp(
  [
    "(?<!re|dis|team[-_]?)member",
    "abonn",
    "access(?!ib|or)",
    "(?:^|[-_])gated?(?:[-_]|$)",
    "guest(?!book|[-_]?author)",
    "hid(?:e|den)",
    "(?<![bc])locke[dr]",
    "(?<![ab])log[-_]?(?:ged|in|out)",
    "membre",
    "miembro",
    "mitglied",
    "paid",
    "passw",
    "paywall",
    "premium",
    "privat",
    "protect",
    "restrict",
    "sign(?:ed)?[-_]?in(?:$|[-_])",
    "subscri",
  ].join("|"),
);

// What shows a form or a button to all readers, and hides nothing.
const FORM = /(?:form|button|link)s?(?:-block)?$|^(?:un)?subscribe2?$/;
const OPEN_BLOCKS = namesIn(
  "core/loginout jetpack/subscriber-login jetpack/subscriptions loginout premium-content/buttons",
);
// Premium Blocks for Gutenberg: headings, icons and the like.
const OPEN_BLOCK_PLUGIN = /^premium\//;

/**
 * Whether a shortcode guards a text by its name; an unknown one does that looks like it.
 * @param encloses whether it has an end bracket
 */
export function isGuardShortcode(name: string, encloses: boolean): boolean {
  const folded = name.toLowerCase();
  if (encloses && PLUGINS.test(folded)) return true;
  if (!encloses && FORM.test(folded)) return false;
  return SHORTCODES.has(folded) || S2MEMBER.test(folded) || LOOK.test(folded);
}

/** Whether a block guards what it holds, or what comes after it, by its name: `jetpack/paywall`. */
export function isGuardBlock(name: string): boolean {
  if (OPEN_BLOCKS.has(name) || OPEN_BLOCK_PLUGIN.test(name) || FORM.test(name)) return false;
  return PLUGIN_BLOCKS.test(name) || LOOK.test(name);
}

function namesIn(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
