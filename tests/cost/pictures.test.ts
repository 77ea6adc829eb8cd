/** The cost of inspecting a picture grows with its length, whatever it repeats, and however small the chunks are. */
import { deepEqual, ok } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import { inspector } from "../../src/media/inspect.ts";
import { proposalsOf } from "../../src/media/proposals.ts";
import { costOf, excessiveGrowth } from "./growth.ts";
import { nested, numbered, part, type Unit } from "./units.ts";

// As much as the longest picture; its parts and its pieces are bounded, so that a flood of them ends earlier.
const FILE = 4_000_000;
const METADATA = 256_000;

const SCAN = "\xff\xd8\xff\xc0\0\x0b\x08\0\x08\0\x08\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0\x3f\0";
const PNG = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x08\0\0\0\x08\x08\x02\0\0\0\0\0\0\0";
const WEBP = "RIFF\xf0\xff\xff\x7fWEBPVP8X\x0a\0\0\0\0\0\0\0\x07\0\0\x07\0\0";
const GIF = "GIF89a\x08\0\x08\0\0\0\0";

// Extensions of a GIF that aren't kept: the scanner looks at their first bytes, and gives them back.
const EXTENSIONS = [part("\x21\xff\x0bNETSCAPE2.0\0", GIF), part("\x21\xff\x0bICCRGBG1012\0", GIF)];

const FILES: readonly Unit[] = [
  part("\xff", "\xff\xd8\xff"),
  part("junk", "\xff\xd8\xff\xfe\0\x02"),
  part("\xff\xfe\0\x02", "\xff\xd8"),
  part("\xff\xd0", "\xff\xd8\xff\xfe\0\x02"),
  part("\xff\xe1\0\x08Exif\0\0", "\xff\xd8"),
  part("\xff\0", SCAN),
  part("\xff", SCAN),
  part("\xff\xd0", SCAN),
  part("pixels", SCAN),
  part("\0\0\0\0tEXt\0\0\0\0", PNG),
  part("\0\0\0\0IDAT\0\0\0\0", PNG),
  part("PRIV\0\0\0\0", WEBP),
  part("EXIF\x02\0\0\0II", WEBP),
  part("\x21\xfe\0", GIF),
  part("\x01x", `${GIF}\x21\xfe`),
  part("\x01x", `${GIF}\x21\xff\x0bXMP DataXMP`),
  ...EXTENSIONS,
  part("x", "<svg "),
];

const XMP =
  '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:d="http://purl.org/dc/elements/1.1/">';
const PACKETS: readonly Unit[] = [
  part("<a:b>", XMP),
  part("<r:li>", `${XMP}<r:Description><d:rights>`),
  part("<r:li>x</r:li>", `${XMP}<r:Description><d:creator>`, "</d:creator></r:Description></r:RDF>"),
  part("x", `${XMP}<r:Description><d:rights>`, "</d:rights></r:Description></r:RDF>"),
  part("&amp;", `${XMP}<r:Description><d:rights>`, "</d:rights></r:Description></r:RDF>"),
  part("<!---->", `${XMP}<r:Description><d:rights>`, "</d:rights></r:Description></r:RDF>"),
  part("\u0301", `${XMP}<r:Description><d:rights>`, "</d:rights></r:Description></r:RDF>"),
  part("<d:rights>x</d:rights>", `${XMP}<r:Description>`, "</r:Description></r:RDF>"),
  numbered((number) => ` d:a${number}="x"`, `${XMP}<r:Description`, "/></r:RDF>"),
  numbered((number) => ` xmlns:a${number}="x"`, `${XMP}<r:Description`, "/></r:RDF>"),
  nested("<r:li>", "</r:li>", XMP, "</r:RDF>"),
];

/** Inspects a file in chunks of so many bytes. */
function inspect(text: string, size: number): void {
  const bytes = Buffer.from(text, "latin1");
  const inspecting = inspector();
  for (let at = 0; at < bytes.length; at += size) if (inspecting.push(bytes.subarray(at, at + size))) return;
  void inspecting.end();
}

/** Reads EXIF, and IIM. */
function readBinary(text: string): void {
  const bytes = Buffer.from(text, "latin1");
  proposalsOf({ exif: bytes, iptc: bytes });
}

/** The units whose cost grows more than their length: a second look, in case a busy machine distorted the first. */
function grown(units: readonly Unit[], read: (text: string) => void, longest: number): string[] {
  return units.flatMap((unit) => {
    const growth = excessiveGrowth(unit, read, longest) && excessiveGrowth(unit, read, longest);
    return growth === undefined ? [] : [`${unit.name}: ${growth}`];
  });
}

for (const size of [65_536, 16])
  void test(`the cost of a picture in chunks of ${size} bytes at most triples where its length doubles`, () => {
    deepEqual(
      grown(FILES, (text) => inspect(text, size), FILE),
      [],
    );
  });

void test("a GIF's extensions cost at most thrice as much in one chunk as in small ones", () => {
  for (const { of } of EXTENSIONS) {
    const text = of(600_000);
    const costIn = (size: number) => Math.min(...[1, 2, 3].map(() => costOf(() => inspect(text, size))));
    ok(costIn(Infinity) < 3 * costIn(4096));
  }
});

void test("the cost of XMP at most triples where its length doubles", () => {
  deepEqual(
    grown(PACKETS, (text) => void proposalsOf({ xmp: Buffer.from(text) }), METADATA),
    [],
  );
});

void test("the cost of EXIF and IIM at most triples where their length doubles", () => {
  const exif = part("\x01\x0e\0\x02\0\0\xff\xff\0\0\0\x08", "MM\0*\0\0\0\x08\xff\xff");
  const iim = part("\x1c\x02\x78\0\x01x", "8BIM\x04\x04\0\0\0\x03\0\0");
  const resources = part("8BIM\x04\x05\0\0\0\0\0\0");
  deepEqual(grown([exif, iim, resources], readBinary, METADATA), []);
});
