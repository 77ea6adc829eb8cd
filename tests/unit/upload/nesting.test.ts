/** Nesting without end in a document: what can't be read is an issue or a warning, and never a failure. */
import { expect, test } from "vitest";
import { readLine } from "../../../src/api/handlers/import-line.ts";
import { formatOf } from "../../../src/upload/formats.ts";
import { Item } from "../../../src/upload/json/item.ts";
import { NinjsItem } from "../../../src/upload/ninjs/item.ts";
import { site } from "../../support/site.ts";

const DEPTH = 12_000;
const NAMES = ["url", "name", "value", "renditions", "0"];
const DEEP = [
  ...NAMES.map((name) => `${`{"${name}":`.repeat(DEPTH)}1${"}".repeat(DEPTH)}`),
  `${"[".repeat(DEPTH)}${"]".repeat(DEPTH)}`,
];
const CUSTOM = ["params", "flags", "build", "permalink", "password", "status", "taxonomies", "focus"];

const DRAFT = { title: "Bridge", sections: ["Politics"], date_published: "2026-11-04T12:00:00Z" };
const JSON_ITEM = { ...DRAFT, content_text: "Open." };
const NINJS_ITEM = { uri: "urn:a:1", pubstatus: "usable", headline: "Bridge", body_text: "Open." };
const COPIED = { digest: null, article: {}, id: "a", shows: [], type: "image/png" };

/** A document whose last member is the one named. */
function withMember(document: object, name: string, value: string): string {
  return `${JSON.stringify(document).slice(0, -1)},${JSON.stringify(name)}:${value}}`;
}

function parsed(type: string, document: string): unknown {
  return formatOf(type)?.parse(new TextEncoder().encode(document), site).ok;
}

function read(line: string): unknown {
  return readLine(new TextEncoder().encode(line), site, true).ok;
}

test.each([...Object.keys(Item.entries), ...CUSTOM])("%s of a document in JSON may hold it", (name) => {
  for (const value of DEEP) {
    const document = withMember(JSON_ITEM, name, value);
    expect([parsed("application/json", document), read(document)]).not.toContain(undefined);
  }
});

test.each([...Object.keys(NinjsItem.entries), ...CUSTOM])("%s of a ninjs item may hold it", (name) => {
  for (const value of DEEP) {
    const document = withMember(NINJS_ITEM, name, value);
    expect(parsed("application/vnd.iptc.ninjs+json", document)).not.toBe(undefined);
  }
});

test.each(["revision", "feed", "media"])("a %s of a copy may hold it", (kind) => {
  for (const name of ["article", "places", "id", "shows", "pages", "sizes"]) {
    for (const value of DEEP) expect(read(`{"${kind}":${withMember(COPIED, name, value)}}`)).toBe(false);
  }
});

// Front matter may have no more characters.
const LEVELS = 1900;

test.each([
  ["YAML", "---", ": "],
  ["TOML", "+++", " = "],
])("front matter in %s may hold it", (_language, fence, is) => {
  for (const name of ["image", "attachments", "authors", "params", "build"]) {
    for (const inner of ["url", "name", "render"]) {
      const value = `${`{ ${inner}${is}`.repeat(LEVELS)}a${" }".repeat(LEVELS)}`;
      expect(parsed("text/markdown", `${fence}\n${name}${is}${value}\n${fence}\nOpen.`)).toBe(false);
    }
    const list = `${"[".repeat(9000)}${"]".repeat(9000)}`;
    expect(parsed("text/markdown", `${fence}\n${name}${is}${list}\n${fence}\nOpen.`)).toBe(false);
  }
});
