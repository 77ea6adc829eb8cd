/** Proposals: what the metadata of a picture say of it, whatever its format. */
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_NAME, MAX_SUMMARY } from "../../../src/article/bounds.ts";
import { proposalsOf } from "../../../src/media/proposals.ts";
import { dataset, photoshop, tiff } from "./bytes.ts";
import { accepted } from "./inspection.ts";
import { SAMPLES } from "./pictures.ts";

const NAMESPACES = {
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  dc: "http://purl.org/dc/elements/1.1/",
  photoshop: "http://ns.adobe.com/photoshop/1.0/",
  Iptc4xmpCore: "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
  xmpRights: "http://ns.adobe.com/xap/1.0/rights/",
  xmpMM: "http://ns.adobe.com/xap/1.0/mm/",
  plus: "http://ns.useplus.org/ldf/xmp/1.0/",
  cc: "http://creativecommons.org/ns#",
};

/** A packet with these properties. */
function packet(properties: string, attributes = ""): string {
  const names = Object.entries(NAMESPACES).map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`);
  return `<x:xmpmeta xmlns:x="adobe:ns:meta/" ${names.join(" ")}><rdf:RDF><rdf:Description ${attributes}>${properties}</rdf:Description></rdf:RDF></x:xmpmeta>`;
}

const fromXmp = (properties: string, attributes?: string) =>
  proposalsOf({ xmp: Buffer.from(packet(properties, attributes)) });

const ALT = (...items: string[]) => `<rdf:Alt>${items.join("")}</rdf:Alt>`;
const li = (text: string, language = "x-default") => `<rdf:li xml:lang="${language}">${text}</rdf:li>`;

describe("XMP", () => {
  test.each([
    [
      "Alt Text (Accessibility)",
      `<Iptc4xmpCore:AltTextAccessibility>${ALT(li("Two boats"))}</Iptc4xmpCore:AltTextAccessibility>`,
      { alt: "Two boats" },
    ],
    ["Description", `<dc:description>${ALT(li("Boats"))}</dc:description>`, { caption: "Boats" }],
    ["Credit Line", "<photoshop:Credit>Coast Press</photoshop:Credit>", { credit: "Coast Press" }],
    [
      "Creator",
      "<dc:creator><rdf:Seq><rdf:li>A. Mar</rdf:li><rdf:li>B. Sol</rdf:li></rdf:Seq></dc:creator>",
      { credit: "A. Mar, B. Sol" },
    ],
    [
      "Rights Usage Terms",
      `<xmpRights:UsageTerms>${ALT(li("Press only"))}</xmpRights:UsageTerms>`,
      { licence: "Press only" },
    ],
    [
      "Web Statement of Rights",
      "<xmpRights:WebStatement>https://coast.example/terms</xmpRights:WebStatement>",
      { licence: "https://coast.example/terms" },
    ],
    [
      "Licensor URL",
      '<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorURL>https://coast.example/buy</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>',
      { licence: "https://coast.example/buy" },
    ],
    [
      "Licensor URL as an attribute",
      '<plus:Licensor><rdf:Seq><rdf:li><rdf:Description plus:LicensorURL="https://coast.example/buy"/></rdf:li></rdf:Seq></plus:Licensor>',
      { licence: "https://coast.example/buy" },
    ],
    [
      "Creative Commons' licence",
      '<cc:license rdf:resource="https://licences.example/by/4.0/"/>',
      { licence: "https://licences.example/by/4.0/" },
    ],
    [
      "Copyright Notice",
      `<dc:rights>${ALT(li("© 2026 Coast Press"))}</dc:rights>`,
      { licence: "© 2026 Coast Press" },
    ],
  ])("proposes its %s", (_name, properties, proposed) => {
    expect(fromXmp(properties)).toEqual(proposed);
  });

  test("may have simple properties as attributes", () => {
    expect(fromXmp("", 'photoshop:Credit="Coast Press" cc:license="https://licences.example/0/"')).toEqual({
      credit: "Coast Press",
      licence: "https://licences.example/0/",
    });
  });

  test("may have any prefixes", () => {
    const xmp = packet("<photoshop:Credit>Coast Press</photoshop:Credit>")
      .replaceAll("photoshop:", "p:")
      .replaceAll("rdf:", "r:")
      .replace("xmlns:rdf=", "xmlns:r=")
      .replace("xmlns:photoshop=", "xmlns:p=");
    expect(proposalsOf({ xmp: Buffer.from(xmp) })).toEqual({ credit: "Coast Press" });
  });

  test("gives the text for everybody before those in one language, else the first", () => {
    expect(fromXmp(`<dc:description>${ALT(li("Barcos", "es"), li("Boats"))}</dc:description>`)).toEqual({
      caption: "Boats",
    });
    expect(fromXmp(`<dc:description>${ALT(li("Barcos", "es"), li("Boats", "en"))}</dc:description>`)).toEqual(
      { caption: "Barcos" },
    );
  });

  test("says nothing of this picture where it describes another", () => {
    const other = `<rdf:Description><dc:description>${ALT(li("Another"))}</dc:description><photoshop:Credit>Others</photoshop:Credit></rdf:Description>`;
    expect(
      fromXmp(`<xmpMM:Ingredients><rdf:Bag><rdf:li>${other}</rdf:li></rdf:Bag></xmpMM:Ingredients>`),
    ).toEqual({});
  });

  test.each([
    [
      "names of JavaScript's own objects",
      "<rdf:Description><__proto__:polluted>yes</__proto__:polluted><constructor:keys>no</constructor:keys></rdf:Description>",
    ],
    ["an element that nobody closes", packet("<dc:description>")],
    [
      "an entity that grows",
      `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${packet("<photoshop:Credit>&b;</photoshop:Credit>")}`,
    ],
    [
      "a file of this machine",
      `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>${packet("<photoshop:Credit>&a;</photoshop:Credit>")}`,
    ],
    ["elements without end", packet(`${"<rdf:li>".repeat(5000)}${"</rdf:li>".repeat(5000)}`)],
    ["no text", "\0\0\0"],
  ])("proposes nothing when it has %s", (_name, xmp) => {
    expect(proposalsOf({ xmp: Buffer.from(xmp) })).toEqual({});
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    expect(Object.keys({ a: 1 })).toEqual(["a"]);
  });
});

test("XMP goes before IIM, and IIM before EXIF, each text for itself", () => {
  const xmp = Buffer.from(packet("<photoshop:Credit>from XMP</photoshop:Credit>"));
  const iptc = photoshop(
    dataset(110, Buffer.from("from IIM")),
    dataset(120, Buffer.from("Légende")),
  ).subarray(14);
  const exif = tiff({ 0x010e: "from EXIF", 0x013b: "from EXIF", 0x8298: "© Côte" }, 1);
  expect(proposalsOf({ xmp, iptc, exif })).toEqual({
    credit: "from XMP",
    caption: "Légende",
    licence: "© Côte",
  });
  expect(proposalsOf({ iptc, exif })).toEqual({ credit: "from IIM", caption: "Légende", licence: "© Côte" });
  expect(proposalsOf({ exif })).toEqual({ credit: "from EXIF", caption: "from EXIF", licence: "© Côte" });
  expect(proposalsOf({ xmp: Buffer.from("<broken"), exif })).toMatchObject({ credit: "from EXIF" });
});

test("IIM in Windows-1252 is read as that", () => {
  const iptc = photoshop(dataset(80, Buffer.from("Jos\xe9", "latin1"))).subarray(14);
  expect(proposalsOf({ iptc })).toEqual({ credit: "José" });
});

test("texts are plain: markup stays characters, and what no feed can carry goes", () => {
  expect(
    fromXmp('<photoshop:Credit>&lt;b onclick="x"&gt;A\u0085B&lt;/b&gt;\uFFFD &#x202E;C</photoshop:Credit>'),
  ).toEqual({
    credit: '<b onclick="x">A B</b> C',
  });
  expect(fromXmp("<photoshop:Credit> \n\u200B\t</photoshop:Credit>")).toEqual({});
});

test("texts are cut at the limits of an article, never in the middle of a character", () => {
  const long = "🚢".repeat(20_000);
  const { caption = "", credit = "" } = fromXmp(
    `<dc:description>${ALT(li(long))}</dc:description><photoshop:Credit>x${long}</photoshop:Credit>`,
  );
  expect([caption.length <= MAX_SUMMARY, credit.length <= MAX_NAME]).toEqual([true, true]);
  expect([caption.length > MAX_SUMMARY - 3, credit.length > MAX_NAME - 3]).toEqual([true, true]);
  expect([caption.isWellFormed(), credit.isWellFormed()]).toEqual([true, true]);
});

// What comes before the description of an AVIF has passed by when it is known to be metadata: it is only removed.
const READ = SAMPLES.filter(({ name }) => name !== "an AVIF whose description is last");

test.each(READ)("$name hands over its metadata", async ({ dressed }) => {
  const { proposed } = await accepted(await dressed());
  expect(proposed).toMatchObject({ caption: "A ferry leaves the harbour", credit: "A. Mar / Coast Press" });
});

test("no bytes make the reading of metadata throw", () => {
  const bytes = fc.uint8Array({ maxLength: 300 });
  const xmp = fc
    .array(
      fc.constantFrom(
        "<",
        ">",
        "/>",
        "</",
        "rdf:li",
        "dc:rights",
        " xml:lang='",
        "'",
        "&#0;",
        "&amp;",
        "<!--",
        "]]>",
        "<?",
        "\u0000",
      ),
    )
    .map((parts) => Buffer.from(packet(parts.join(""))));
  fc.assert(
    fc.property(bytes, bytes, xmp, bytes, (exif, iptc, markup, rest) => {
      proposalsOf({ exif, iptc, xmp: markup });
      proposalsOf({
        exif: Buffer.concat([Buffer.from("MM\0*\0\0\0\x08", "latin1"), exif]),
        iptc: Buffer.concat([Buffer.from("8BIM\x04\x04\0\0", "latin1"), iptc]),
        xmp: rest,
      });
    }),
    { numRuns: 1000 },
  );
});
