/** WordPress's posts for some readers only: the shortcodes, blocks, marks and meta that guard them. */
import { equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { FeedItem } from "../../../src/cli/feed-file/item.ts";
import { wordpressItems } from "../../../src/cli/feed-file/wordpress/read.ts";
import { postmeta, wxr, wxrAttachment, wxrItem } from "./wxr.ts";

function read(content: string, more = "", excerpt = ""): FeedItem {
  const elements = { "content:encoded": content, "excerpt:encoded": excerpt };
  const [item] = wordpressItems(wxr([wxrItem(elements, more)])) ?? [];
  ok(item);
  return item;
}

function htmlOf({ content }: FeedItem): string {
  return content !== undefined && "html" in content ? content.html : "";
}

const SHORTCODES = [
  "[private]…[/private]",
  "[private role='editor']…[/private]",
  "[private [nested]]…[/private]",
  "[Private]…[/Private]",
  '[membersonly level="gold"]…[/membersonly]',
  '[mepr-show if="rule:5"]…[/mepr-show]',
  '[mepr-active membership="5"]…[/mepr-active]',
  "[restrict]…[/restrict]",
  "[restrict paid]…[/restrict]",
  "[s2If is_user_logged_in()]…[/s2If]",
  "[_s2If current_user_can(access_s2member_level1)]…[/_s2If]",
  '[pmpro_member level="1"]…[/pmpro_member]',
  '[membership level="1"]…[/membership]',
  "[um_loggedin]…[/um_loggedin]",
  '[um_show_content roles="x"]…[/um_show_content]',
  '[wcm_restrict plans="gold"]…[/wcm_restrict]',
  "[premium_content]…[/premium_content]",
  '[groups_can capability="x"]…[/groups_can]',
  '[passster password="x"]…[/passster]',
  '[ppwp passwords="x"]…[/ppwp]',
  '[access capability="x"]…[/access]',
  "[visitor]…[/visitor]",
  "[is_paid]…[/is_paid]",
  '[wpf tag="x"]…[/wpf]',
  "[memb_has_any_tag 5]…[/memb_has_any_tag]",
  "[swpm_protected]…[/swpm_protected]",
  "[sociallocker]…[/sociallocker]",
  "[hide=10]…",
  "[paywall]…",
  "[paywall/]…",
  '[my_paywall_break after="2"]…',
  "[guest]…[/guest]",
  "[mitglieder]…[/mitglieder]",
  "[b][private]…[/private][/b]",
  "<pre>[private]…[/private]</pre>",
  "[private]…",
  "…[/private]",
];

const BLOCKS = [
  "<!-- wp:premium-content/container --><!-- wp:premium-content/subscriber-view --><p>…</p><!-- /wp:premium-content/subscriber-view --><!-- /wp:premium-content/container -->",
  "<!-- wp:premium-content/subscriber-view --><p>…</p><!-- /wp:premium-content/subscriber-view -->",
  "<p>One</p><!-- wp:jetpack/paywall /--><p>…</p>",
  '<p>One</p><!-- wp:jetpack/paywall {"a":1} --><hr><!-- /wp:jetpack/paywall --><p>…</p>',
  '<!-- wp:pmpro/membership {"levels":["1"]} --><p>…</p><!-- /wp:pmpro/membership -->',
  "<!-- wp:woocommerce-memberships/member-content --><p>…</p><!-- /wp:woocommerce-memberships/member-content -->",
  "<!-- wp:memberful/gate --><p>…</p><!-- /wp:memberful/gate -->",
  '<!-- wp:group {"um_is_restrict":true} --><p>…</p><!-- /wp:group -->',
  '<!-- wp:paragraph {"metadata":{"blockVisibility":false}} --><p>…</p><!-- /wp:paragraph -->',
  '<!-- wp:paragraph {"blockVisibility":{"hideBlock":true}} --><p>…</p><!-- /wp:paragraph -->',
  "<!-- wp:shortcode -->[private]…[/private]<!-- /wp:shortcode -->",
  "<p>One</p>___STEADY_PAYWALL___<p>…</p>",
  "<p>One</p><!--paywall--><p>…</p>",
];

test("a guarded part makes the whole post a draft, and stays in it", () => {
  for (const guarded of [...SHORTCODES, ...BLOCKS]) {
    const item = read(guarded.replace("…", "For the few alone."));
    equal(item.hidden?.action, "keep-as-draft", guarded);
    ok(htmlOf(item).includes("For the few alone."), guarded);
  }
});

test("a word in brackets within a sentence is no guard", () => {
  for (const prose of [
    "“[Members] were told,” she said.",
    "The council told the [students] and [visitors] of it.",
  ]) {
    equal(read(prose).hidden, undefined, prose);
  }
});

test("a guard in the excerpt makes the post a draft", () => {
  equal(read("Text.", "", "[private]More[/private]").hidden?.action, "keep-as-draft");
});

test("the reason names the guards, each once", () => {
  const { hidden } = read(
    "[private]a[/private][private]b[/private]<!-- wp:jetpack/paywall /-->",
    postmeta("_jetpack_newsletter_access", "subscribers"),
  );
  equal(
    hidden?.reason,
    "“Harbour wall is mended” is for some readers only, in whole or in part: the export guards it by the shortcode " +
      "[private], the block “jetpack/paywall”, the post meta “_jetpack_newsletter_access”.",
  );
});

const WORDS = [
  "member",
  "private",
  "restrict",
  "subscriber",
  "premium",
  "protect",
  "login",
  "logged",
  "hide",
];
const words = fc.constantFrom(...WORDS, "paywall", "guest");
const affix = fc.stringMatching(/^(?:[a-z]{2,8}[-_])?$/);

test("an unknown shortcode that looks like access control guards a text", () => {
  fc.assert(
    fc.property(affix, words, fc.boolean(), (before, word, encloses) => {
      const name = `${before}${word}`;
      fc.pre(!/(?:team|re|dis)[-_]?member|b[-_]?log/.test(name));
      const html = encloses ? `[${name} a="1"]Text[/${name}]` : `[${name} a="1"] Text`;
      match(read(html).hidden?.reason ?? "", new RegExp(`\\[${name}\\]`));
    }),
  );
});

const OPEN = [
  "He saw [a member of the council] and a [private citizen].",
  "Write [[private]] and [[/private]].",
  "[team_member name='Mira']",
  "[remember_this a='1']Text[/remember_this]",
  "[accessibility_menu]",
  '[jetpack_subscription_form title="x"]',
  "[subscribe2]",
  "[bloginfo key='name']",
  '[column width="3"]Text[/column]',
  '[gallery ids="21"]',
  "<!-- wp:jetpack/subscriptions /-->",
  "<!-- wp:loginout /-->",
  "<!-- wp:mailpoet/subscription-form-block /-->",
  "<!-- wp:premium/heading --><h2>One</h2><!-- /wp:premium/heading -->",
  '<!-- wp:paragraph {"metadata":{"blockVisibility":true}} --><p>One</p><!-- /wp:paragraph -->',
  "<!-- Members and guests --><p>A private, hidden, premium login.</p>",
  "Text<!--more-->more<!--nextpage-->last",
];

test("shortcodes and blocks that all readers see guard nothing", () => {
  for (const content of OPEN) equal(read(content).hidden, undefined, content);
});

const UM = (access: string, accessible: string): string =>
  `a:2:{s:26:"_um_custom_access_settings";${access}s:14:"_um_accessible";${accessible}}`;

// A key, the values that guard a post, and those that don't.
const META: [string, string[], string[]][] = [
  ["_jetpack_newsletter_access", ["paid_subscribers", "subscribers", "new-word"], ["everybody", ""]],
  ["_jetpack_memberships_contains_paid_content", ["1"], ["", "0"]],
  ["_members_access_role", ["editor"], [""]],
  ["_mepr_unauthorized_message_type", ["custom"], ["default", ""]],
  ["_mepr_unauth_excerpt_size", [], ["100"]],
  ["rcp_subscription_level", ["any", "any-paid", 'a:1:{i:0;s:1:"2";}'], ["", "a:0:{}"]],
  ["rcp_access_level", ["1"], ["None", "0"]],
  ["rcp_user_level", ["Subscriber", 'a:1:{i:0;s:6:"editor";}'], ["All", 'a:1:{i:0;s:3:"all";}']],
  ["rcUserLevel", ["Subscriber"], ["None"]],
  ["_is_paid", ["1", "on"], ["0", ""]],
  ["restrict_content", ["1", "yes"], ["no", "0"]],
  ["_wc_memberships_use_custom_content_restricted_message", ["yes"], ["no"]],
  ["_wc_memberships_force_public", [], ["yes", "no"]],
  ["pmpro_levels", ["1,2"], ["", "a:0:{}"]],
  ["memberful_acl", ['a:1:{i:0;s:1:"5";}'], ["a:0:{}"]],
  ["memberful_marketing_content", [], ["Join us"]],
  [
    "um_content_restriction",
    [UM('s:1:"1";', 's:1:"2";')],
    [UM('s:1:"0";', 's:1:"2";'), UM("b:1;", 's:1:"0";')],
  ],
  ["_um_accessible", ["2"], ["0"]],
  [
    "_issuem_leaky_paywall_visibility",
    ['a:1:{s:15:"visibility_type";s:6:"always";}'],
    ['a:1:{s:15:"visibility_type";s:7:"default";}'],
  ],
  ["groups-read", ["4"], [""]],
  ["patreon-level", ["5"], ["0"]],
  ["_wpmem_block", ["1", "2"], ["0"]],
  ["pms-content-restrict-user-status", ["loggedin"], [""]],
  ["arm_access_plan", ["0", "3"], [""]],
  ["_jetpack_dont_email_post_to_subs", [], ["1"]],
  ["_edit_lock", [], ["1620000000:1"]],
];

test("post meta guards a post, except with values that limit nothing", () => {
  for (const [key, guarding, open] of META) {
    for (const value of guarding) {
      const { hidden } = read("Text.", postmeta(key, value));
      equal(hidden?.action, "keep-as-draft", `${key} ${value}`);
      ok(hidden?.reason.includes(key), key);
    }
    for (const value of open) equal(read("Text.", postmeta(key, value)).hidden, undefined, `${key} ${value}`);
  }
});

test("each of several values of a key counts", () => {
  const [paid, everybody] = ["paid_subscribers", "everybody"].map((value) =>
    postmeta("_jetpack_newsletter_access", value),
  );
  equal(read("Text.", `${everybody}${paid}`).hidden?.action, "keep-as-draft");
  equal(read("Text.", `${paid}${everybody}`).hidden?.action, "keep-as-draft");
});

test("a post that another sign leaves out stays left out", () => {
  const trash = wxrItem({ "wp:status": "trash", "content:encoded": "[private]a[/private]" });
  equal(wordpressItems(wxr([trash]))?.[0]?.hidden?.action, "leave-out");
});

test("a guarded file is in no gallery", () => {
  const post = wxrItem({ "content:encoded": '[gallery ids="9"]' });
  const file = wxrAttachment("9", "pier.jpg", {}, postmeta("_members_access_role", "editor"));
  const [item] = wordpressItems(wxr([post, file])) ?? [];
  ok(item);
  ok(!htmlOf(item).includes("pier.jpg"));
});
