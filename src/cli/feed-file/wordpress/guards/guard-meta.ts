/** The post meta by which plugins limit who may see a post. Pure. */

/** A key of a plugin. `open`: its values, beside SAYS_NOTHING, with which everyone may see the post. */
type Key = { key: RegExp; open?: RegExp };

// In lower case. The first that matches counts.
const KEYS: readonly Key[] = [
  // Jetpack and WordPress.com.
  { key: /^_jetpack_newsletter_access$/ },
  { key: /^_jetpack_memberships_contains_pa(?:id|ywalled)_content$/ },
  // Members.
  { key: /^_members_access_role$/ },
  // MemberPress. The size of the excerpt limits nothing.
  { key: /^_mepr_.*_size$/, open: /^/ },
  { key: /^_mepr_/, open: /^default$/ },
  // Restrict Content, and Restrict Content Pro.
  { key: /^rcuserlevel$/ },
  { key: /^rcp_user_level$/, open: /^(?:all|a:1:\{i:0;s:3:"all";\})$/ },
  { key: /^rcp_(?:subscription_level|access_level|hide_from_feed)$|^_is_paid$/ },
  { key: /^_?restrict_content/ },
  // WooCommerce Memberships. A post that is forced to be public is public.
  { key: /^_wc_memberships_force_public$/, open: /^/ },
  { key: /^_wc_memberships_/ },
  // Paid Memberships Pro.
  { key: /^_?pmpro/ },
  // Memberful. The marketing content is for readers who may not see the post.
  { key: /^_?memberful_marketing_content$/, open: /^/ },
  { key: /^_?memberful_/ },
  // Ultimate Member, as one value and as several.
  {
    key: /^um_content_restriction$/,
    open: /"_um_custom_access_settings";(?:s:0:""|s:1:"0"|b:0|i:0|n)|"_um_accessible";(?:s:1:"0"|i:0)/,
  },
  { key: /^_um_(?:accessible|custom_access_settings)$/ },
  // Leaky Paywall.
  { key: /^_issuem_leaky_paywall_visibility$/, open: /"visibility_type";s:7:"default"/ },
  // Groups, Patreon, s2Member, WP-Members, Passster, Password Protect WordPress.
  { key: /^groups-(?:read|groups_read_post)$/ },
  { key: /^patreon-level$/ },
  { key: /^s2member_/ },
  { key: /^_wpmem_block$/ },
  { key: /^passster_activate_protection$/ },
  { key: /^_?ppwp?_/ },
  // Paid Member Subscriptions, Profile Builder, Ultimate Membership Pro.
  { key: /^(?:pms|wppb)-content-restrict-(?:subscription-plan|user-roles|user-status)$/ },
  { key: /^ihc_mb_who$/ },
  // Memberium.
  { key: /^_is4wp_(?:access_tags|any_loggedin_user|any_membership|membership_levels)$/ },
];
// ARMember: even the value 0 restricts a post.
const ALWAYS = new Set(["arm_access_plan"]);

// Empty values, “no” and “everyone”, plain and as PHP's serialize() and JSON write them.
const SAYS_NOTHING =
  /^(?:|0|no|off|false|none|null|everybody|everyone|anyone|public|\[\]|\{\}|a:0:\{\}|[bi]:0;|n;|s:0:"";|s:1:"0";|a:1:\{i:0;s:0:"";\})$/;

/** Whether a post with this key and value is hidden from some readers. */
export function isGuardMeta(key: string, value: string): boolean {
  const name = key.trim().toLowerCase();
  if (ALWAYS.has(name)) return value.trim() !== "";
  const known = KEYS.find((each) => each.key.test(name));
  const normalized = value.trim().toLowerCase();
  return known !== undefined && !SAYS_NOTHING.test(normalized) && known.open?.test(normalized) !== true;
}
