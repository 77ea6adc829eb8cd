/** The site's icons and its manifest (W3C, Web Application Manifest). */
import { describe, expect, test } from "vitest";
import { manifestOf } from "../../../src/pages/head/manifest.ts";
import { favicon } from "../../../src/pages/head/favicon.tsx";
import { renderPage } from "../../../src/pages/parts/layout.tsx";
import { readSettings } from "../../../src/settings.ts";

const FILE = {
  title: "The Gazette",
  description: "News from the coast.",
  language: "en",
  publisher: { name: "The Gazette" },
  authority: "gazette.example",
  since: "2026-01-31",
  sections: [],
};

function siteWith(changes: Record<string, string>) {
  return readSettings({ ...FILE, ...changes }, "https://news.example");
}

function pageWith(changes: Record<string, string>): string {
  return renderPage({ site: siteWith(changes), title: "A page", language: "en", children: "" });
}

describe("the manifest", () => {
  test("names the site, its language, its direction, its start and its colours", () => {
    const manifest = JSON.parse(manifestOf(siteWith({ language: "ar", title: "البريد" })));
    expect(manifest).toEqual({
      id: "/",
      name: "البريد",
      short_name: "البريد",
      description: "News from the coast.",
      lang: "ar",
      dir: "rtl",
      start_url: "/",
      scope: "/",
      display: "minimal-ui",
      background_color: "#fdfcfa",
      theme_color: "#fdfcfa",
      icons: [{ src: "/favicon.svg", sizes: "any", type: "image/svg+xml" }],
    });
  });

  test.each([
    ["https://gazette.example/icon.png", "image/png"],
    ["https://gazette.example/icon", undefined],
  ])("has the owner's icon %s first, with the type that its address tells", (icon, type) => {
    const { icons } = JSON.parse(manifestOf(siteWith({ icon })));
    expect(icons).toEqual([
      { src: icon, ...(type !== undefined && { type }) },
      { src: "/favicon.svg", sizes: "any", type: "image/svg+xml" },
    ]);
  });
});

describe("the head of a page", () => {
  test.each([
    [{}, "/favicon.svg", undefined],
    [{ icon: "https://a.example/i.png" }, "https://a.example/i.png", "https://a.example/i.png"],
    [
      { icon: "https://a.example/i.png", favicon: "https://a.example/f.ico" },
      "https://a.example/f.ico",
      "https://a.example/i.png",
    ],
    // A home screen shows no SVG.
    [{ icon: "https://a.example/i.svg" }, "https://a.example/i.svg", undefined],
  ])("of a site with %j links to its icons", (changes, icon, homeScreen) => {
    const markup = pageWith(changes);
    const href = (rel: string) => new RegExp(`<link rel="${rel}" href="([^"]*)"`).exec(markup)?.[1];
    expect([href("icon"), href("apple-touch-icon"), href("manifest")]).toEqual([
      icon,
      homeScreen,
      "/site.webmanifest",
    ]);
  });

  test("has the colour of the paper for each scheme", () => {
    const themes = [...pageWith({}).matchAll(/media="\(prefers-color-scheme: (\w+)\)" content="([^"]+)"/g)];
    expect(themes.map(([, scheme, colour]) => [scheme, colour])).toEqual([
      ["light", "#fdfcfa"],
      ["dark", "#171614"],
    ]);
  });
});

describe("the drawn icon", () => {
  test.each([
    ["en", "The Alder Bay Courier", "A"],
    ["en", "Theatre Times", "T"],
    ["fr", "L’Écho", "É"],
    ["es", "La Voz", "V"],
    ["de", "der Freitag", "F"],
    ["pt", "O Globo", "G"],
    ["ar", "البريد", "ب"],
    ["tr", "istanbul", "İ"],
    ["en", "😀 News", "😀"],
  ])("in the language %s of %s shows %s", (language, title, initial) => {
    expect(favicon({ title, language })).toContain(`>${initial}</text>`);
  });

  test("has the owner's colour, legible under the white letter", () => {
    expect(favicon({ title: "G", language: "en", accentColor: "8a2b12" })).toContain('fill="#8a2b12"');
    expect(favicon({ title: "G", language: "en", accentColor: "ffff00" })).not.toContain("#ffff00");
  });
});
