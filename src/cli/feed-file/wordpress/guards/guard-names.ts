/** The names of shortcodes and blocks by which plugins hide a part of a post from some readers. Pure. */

// The names that LOOK doesn't match, in lower case. They are those of ARMember, Content Control, Eyes Only, Groups,
// LearnDash, Members, MemberPress, Password Protect WordPress, Passster, Restrict Content Pro, s2Member, TinyPass,
// Ultimate Member, User Access Manager and WP Fusion.
const SHORTCODES = namesIn(
  "contentcontrol content_control content-control current_user_can eyesonly eyes_only groups_can groups_can_not has_role " +
    "if_user ifuser is_expired is_free is_paying mepr-active mepr-rule mepr-show mm_content passster ppw ppwp registered " +
    "registered_only role secret staff_only student tinypass tpmore um_show_content user_can user_only user_role " +
    "users_only visitor visitors wcm_show wpf",
);
// s2Member nests its conditions as `[_s2If]` and `[__s2If]`.
const S2MEMBER = /^_*s2if(?:$|[-_])/;

// The prefixes of plugins whose enclosing shortcodes show their text to some readers only.
const PLUGINS =
  /^(?:accessally|arm|groups|i4w|ihc|is4wp|ld|memb|mepr|mm|pmpro|pms|ppwp?|rcp|s2|swpm|um|wcm|wlm|wpf|wpmem|wppb|wpum)[-_]/;
const PLUGIN_BLOCKS =
  /^(?:content-control|groups|mepr|memberful|pmpro|pms|ppwp?|rcp|restrict-user-access|swpm|um|wcm|wpmem|wppb)\//;

// Words of access control, alone or in a longer name, also in other languages.
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

// Forms and buttons, which all readers see, and which hide nothing.
const FORM = /(?:form|button|link)s?(?:-block)?$|^(?:un)?subscribe2?$/;
const OPEN_BLOCKS = namesIn(
  "core/loginout jetpack/subscriber-login jetpack/subscriptions loginout premium-content/buttons",
);
// Premium Blocks for Gutenberg: headings, icons and the like.
const OPEN_BLOCK_PLUGIN = /^premium\//;

/**
 * Whether a shortcode of this name guards a text. An unknown name counts if it looks like access control.
 * @param encloses whether it has an end bracket
 */
export function isGuardShortcode(name: string, encloses: boolean): boolean {
  const folded = name.toLowerCase();
  if (encloses && PLUGINS.test(folded)) return true;
  if (!encloses && FORM.test(folded)) return false;
  return SHORTCODES.has(folded) || S2MEMBER.test(folded) || LOOK.test(folded);
}

/** Whether a block of this name, such as `jetpack/paywall`, guards its contents, or everything after it. */
export function isGuardBlock(name: string): boolean {
  if (OPEN_BLOCKS.has(name) || OPEN_BLOCK_PLUGIN.test(name) || FORM.test(name)) return false;
  return PLUGIN_BLOCKS.test(name) || LOOK.test(name);
}

function namesIn(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
