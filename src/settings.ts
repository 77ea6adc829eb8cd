/** Settings: environment and content/site.json → Site, checked once. Half a configuration is refused, with every problem. */
import * as v from "valibot";
import { isId, slug } from "./article/identity.ts";
import { isoDay, isTimeZone } from "./article/instant.ts";
import { isLanguage } from "./article/language.ts";
import { blockedPictures, type HubLimits, type Site } from "./article/site.ts";
import type { CallbackRules } from "./hub/callback.ts";
import { cleaned } from "./upload/paragraphs.ts";

/** Every problem of a configuration, a line each. */
export class SettingsError extends Error {
  override name = "SettingsError";
}

const text = v.pipe(v.string(), v.transform(cleaned), v.nonEmpty("must not be empty"));
const webUrl = v.pipe(
  v.string(),
  v.url("must be an absolute URL"),
  v.regex(/^https?:/i, "must be http or https"),
);
const language = v.pipe(
  v.string(),
  v.check(isLanguage, 'must be a BCP 47 language tag such as "en" or "pt-BR"'),
);

const timeZone = v.pipe(
  v.string(),
  v.check(isTimeZone, 'must be a name of the time zone database such as "Europe/Lisbon"'),
);

const sectionIds = v.optional(
  v.array(v.pipe(v.string(), v.check(isId, "must be the id of a section, such as human-rights"))),
  [],
);

const StandingFeed = v.pipe(
  v.strictObject({
    id: v.pipe(v.string(), v.check(isId, "must be a slug such as harbour-affairs")),
    title: text,
    description: v.exactOptional(text),
    language: v.exactOptional(language),
    all: sectionIds,
    any: sectionIds,
    none: sectionIds,
    tags: v.optional(v.array(text), []),
  }),
  v.check(
    ({ all, any, none, tags }) => all.length + any.length + none.length + tags.length > 0,
    "a feed needs a condition: all, any, none or tags",
  ),
);

/** The limits of a hub for which the owner gives none. */
const HUB_LIMITS: HubLimits = {
  subscriptions: 10_000,
  subscriptionsPerHost: 100,
  pending: 1000,
  topics: 1000,
};

const COUNT = "must be a whole number of 1 or more";
const count = v.pipe(
  v.number(COUNT),
  v.check((number) => Number.isSafeInteger(number) && number >= 1, COUNT),
);

const HubFile = v.strictObject({
  subscriptions: v.optional(count, HUB_LIMITS.subscriptions),
  subscriptionsPerHost: v.optional(count, HUB_LIMITS.subscriptionsPerHost),
  pending: v.optional(count, HUB_LIMITS.pending),
  topics: v.optional(count, HUB_LIMITS.topics),
});

/** `true`, `false`, or the limits. */
const hub = v.pipe(
  v.lazy((given) =>
    typeof given === "object" && given !== null && !Array.isArray(given)
      ? HubFile
      : v.boolean("must be true, false or an object of limits"),
  ),
  v.transform((given): HubLimits | undefined => {
    if (typeof given === "object") return given;
    return given ? HUB_LIMITS : undefined;
  }),
);

const SiteFile = v.strictObject({
  title: text,
  description: text,
  language,
  timeZone: v.optional(timeZone, "UTC"),
  publisher: v.strictObject({ name: text, url: v.exactOptional(webUrl) }),
  authority: v.pipe(
    v.string(),
    v.regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a domain name in lower case such as "example.org"'),
  ),
  since: v.pipe(
    v.string(),
    v.isoDate('must be a day such as "2026-01-31"'),
    v.check((day) => {
      const instant = Date.parse(day);
      return Number.isNaN(instant) || isoDay(instant) === day;
    }, "must be a day that exists"),
  ),
  icon: v.exactOptional(webUrl),
  favicon: v.exactOptional(webUrl),
  image: v.exactOptional(v.pipe(webUrl, v.regex(/\.(gif|jpe?g|png)$/i, "must be a GIF, JPEG or PNG"))),
  cover: v.exactOptional(webUrl),
  logo: v.exactOptional(webUrl),
  accentColor: v.exactOptional(
    v.pipe(
      v.string(),
      v.regex(/^#?[0-9a-f]{6}$/i, 'must be six hexadecimal digits such as "8a2b12"'),
      v.transform((color) => color.replace("#", "")),
    ),
  ),
  newSections: v.optional(v.picklist(["open", "reject"]), "open"),
  itemsPerFeed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)), 50),
  hub: v.optional(hub, true),
  sections: v.pipe(
    v.array(
      v.pipe(
        v.strictObject({
          id: v.exactOptional(v.pipe(v.string(), v.check(isId, "must be a slug such as human-rights"))),
          title: text,
          description: v.exactOptional(text),
          language: v.exactOptional(language),
        }),
        v.transform((section) => ({ ...section, id: section.id ?? slug(section.title) })),
      ),
    ),
    v.check(
      (sections) => new Set(sections.map(({ id }) => id)).size === sections.length,
      "two sections have one id",
    ),
  ),
  feeds: v.optional(
    v.pipe(
      v.array(StandingFeed),
      v.check((feeds) => new Set(feeds.map(({ id }) => id)).size === feeds.length, "two feeds have one id"),
    ),
    [],
  ),
});

const SITE_URL = v.pipe(
  v.string(),
  v.nonEmpty("is not set: give the public address of the site in wrangler.toml, under [vars]"),
  v.url("must be an absolute URL"),
  v.regex(/^https?:\/\/[^/?#]+\/?$/i, "must be an http or https address without a path"),
  v.transform((url) => new URL(url).origin),
);

/** The Cloudflare Access team whose members may sign in: the issuer of its tokens, and the application that they are for. */
export type Access = { issuer: string; audience: string };

const TEAM_DOMAIN = v.pipe(
  v.string(),
  v.regex(
    /^https:\/\/[a-z0-9-]+\.cloudflareaccess\.com$/,
    "must be the team's address, such as https://courier.cloudflareaccess.com",
  ),
);

/**
 * Reads the settings of Cloudflare Access.
 * @param teamDomain the variable ACCESS_TEAM_DOMAIN
 * @param audience the variable ACCESS_AUDIENCE: the application's AUD tag
 * @returns undefined when both are empty: nobody signs in that way
 * @throws SettingsError when one is missing or wrong
 */
export function readAccess(teamDomain: string, audience: string): Access | undefined {
  if (teamDomain === "" && audience === "") return undefined;
  const issuer = v.safeParse(TEAM_DOMAIN, teamDomain);
  const problems = [
    ...(issuer.issues ?? []).map(({ message }) => `ACCESS_TEAM_DOMAIN ${message}`),
    ...(audience === "" ? ["ACCESS_AUDIENCE is not set: give the application's AUD tag"] : []),
  ];
  if (issuer.success && problems.length === 0) return { issuer: issuer.output, audience };
  throw new SettingsError(unconfigured(problems));
}

/**
 * Reads which callbacks the hub takes.
 * @param siteUrl the variable SITE_URL, which was read before
 * @param allowLoopback the variable HUB_ALLOW_LOOPBACK: "true" or empty
 * @throws SettingsError where a site on the web would send to its own machine
 */
export function readCallbackRules(siteUrl: string, allowLoopback: string): CallbackRules {
  const isLoopbackAllowed = allowLoopback === "true";
  if (isLoopbackAllowed && siteUrl.startsWith("https:"))
    throw new SettingsError(unconfigured(["HUB_ALLOW_LOOPBACK is for development: SITE_URL must be http"]));
  return { siteUrl, isLoopbackAllowed };
}

/**
 * Reads the site's settings.
 * @param file the parsed content of content/site.json
 * @param siteUrl the variable SITE_URL
 * @throws SettingsError with every problem found
 */
export function readSettings(file: unknown, siteUrl: unknown): Site {
  const site = v.safeParse(SiteFile, file);
  const url = v.safeParse(SITE_URL, siteUrl);
  const blocked = site.typed && url.success ? blockedPictures({ ...site.output, url: url.output }) : [];
  if (site.success && url.success && blocked.length === 0) return { ...site.output, url: url.output };
  const problems = [
    ...(url.issues ?? []).map(({ message }) => `SITE_URL ${message}`),
    ...(site.issues ?? []).map(
      (issue) => `content/site.json: ${v.getDotPath(issue) ?? "the file"}: ${issue.message}`,
    ),
    ...blocked.map((line) => `content/site.json: ${line}`),
  ];
  throw new SettingsError(unconfigured(problems));
}

function unconfigured(problems: string[]): string {
  return `Dateline is not configured:\n${problems.map((line) => `  - ${line}`).join("\n")}`;
}
