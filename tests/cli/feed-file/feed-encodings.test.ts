/** The encodings of feeds: the bytes win over the declaration. */
import { deepEqual, equal, match, throws } from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { decodeFeed } from "../../../src/cli/feed-file/decode.ts";
import { rssOf } from "./feed.ts";
import { folderOf, run } from "../run.ts";
import { createsAll, startSite } from "../site.ts";

const declared = (encoding: string, text: string): string =>
  `<?xml version="1.0" encoding="${encoding}"?><t>${text}</t>`;

const swapped = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();

for (const [title, bytes, text] of [
  [
    "UTF-8 that declares ISO-8859-1",
    Buffer.from(declared("ISO-8859-1", "Café")),
    declared("ISO-8859-1", "Café"),
  ],
  [
    "UTF-8 that declares windows-1252",
    Buffer.from(declared("windows-1252", "“Café”")),
    declared("windows-1252", "“Café”"),
  ],
  ["UTF-8 that declares UTF-16", Buffer.from(declared("UTF-16", "Café")), declared("UTF-16", "Café")],
  ["UTF-8 without a declaration", Buffer.from("<t>Café</t>"), "<t>Café</t>"],
  ["UTF-8 with a byte order mark", Buffer.from("\uFEFF<t>Café</t>"), "<t>Café</t>"],
  ["UTF-16 with a byte order mark", Buffer.from("\uFEFF<t>Café</t>", "utf16le"), "<t>Café</t>"],
  ["big-endian UTF-16 with a byte order mark", swapped("\uFEFF<t>Café</t>"), "<t>Café</t>"],
  [
    "UTF-16 without a byte order mark",
    Buffer.from(declared("UTF-16", "Café"), "utf16le"),
    declared("UTF-16", "Café"),
  ],
  [
    "big-endian UTF-16 without a byte order mark",
    swapped(declared("UTF-16", "Café")),
    declared("UTF-16", "Café"),
  ],
  ["ASCII that declares UTF-16", Buffer.from(declared("UTF-16", "Cafe")), declared("UTF-16", "Cafe")],
  ["ISO-8859-1", Buffer.from(declared("ISO-8859-1", "Café"), "latin1"), declared("ISO-8859-1", "Café")],
  [
    "windows-1252 that declares ISO-8859-1",
    Buffer.from(declared("ISO-8859-1", "It\u0092s"), "latin1"),
    declared("ISO-8859-1", "It’s"),
  ],
  [
    "koi8-r",
    Buffer.concat([Buffer.from('<?xml version="1.0" encoding="koi8-r"?>'), Buffer.of(0xe4, 0xc1)]),
    '<?xml version="1.0" encoding="koi8-r"?>Да',
  ],
  [
    "ISO-2022-JP, which has 7 bits",
    Buffer.from(declared("ISO-2022-JP", "\u001b$B4A;z\u001b(B")),
    declared("ISO-2022-JP", "漢字"),
  ],
] as const) {
  test(`${title} is read without a warning`, () => {
    deepEqual(decodeFeed(bytes), { text, warnings: [] });
  });
}

for (const [title, bytes, text, found] of [
  [
    "a file that declares UTF-8 and isn’t",
    Buffer.from(declared("UTF-8", "Caf\u00e9"), "latin1"),
    declared("UTF-8", "Café"),
    "UTF-8",
  ],
  [
    "a file that declares nothing and isn’t UTF-8",
    Buffer.from("<t>Caf\u00e9</t>", "latin1"),
    "<t>Café</t>",
    "utf-8",
  ],
  [
    "a file that declares an unknown encoding",
    Buffer.from(declared("x-ours", "It\u0092s"), "latin1"),
    declared("x-ours", "It’s"),
    "x-ours",
  ],
  [
    "a file that isn’t in the encoding that it declares",
    Buffer.from(declared("Shift_JIS", "Caf\u00e9"), "latin1"),
    declared("Shift_JIS", "Café"),
    "Shift_JIS",
  ],
  [
    "a byte order mark of UTF-8 before another encoding",
    Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), Buffer.from("<t>Caf\u00e9</t>", "latin1")]),
    "<t>Café</t>",
    "utf-8",
  ],
] as const) {
  test(`${title} is read as Windows-1252, with a warning`, () => {
    const decoded = decodeFeed(bytes);
    equal(decoded.text, text);
    deepEqual(
      decoded.warnings.map(({ reason, found: encoding }) => [reason, encoding]),
      [["encoding-guessed", found]],
    );
  });
}

test("UTF-16 that is cut off is refused: no other encoding can read it", () => {
  throws(() => decodeFeed(Buffer.of(0xff, 0xfe, 0x3c)), /not in the encoding utf-16le/);
});

test("a text in UTF-8 beyond ASCII is read as UTF-8, whatever it declares", () => {
  const label = fc.constantFrom(
    "UTF-8",
    "ISO-8859-1",
    "Shift_JIS",
    "UTF-16",
    "x-ours",
    "koi8-r",
    "ISO-2022-JP",
  );
  fc.assert(
    fc.property(label, fc.string({ unit: "grapheme" }), (encoding, words) => {
      const text = declared(encoding, `${words.normalize()}é`);
      deepEqual(decodeFeed(Buffer.from(text)), { text, warnings: [] });
    }),
  );
});

const BROKEN = Buffer.from(rssOf("<title>Caf\u00e9</title>", "<title>Quay</title>"), "latin1");

test("a file whose encoding is guessed is named once in the summary, and in JSON", async (t) => {
  const site = await startSite(t, createsAll);
  const path = join(await folderOf(t, { "feed.xml": BROKEN }), "feed.xml");
  const args = ["publish", path, "--section", "Sea", "--to", site.origin];
  const { code, stdout } = await run(args);
  equal(code, 0);
  match(stdout, /\n2 created\n\S+feed\.xml: read with a warning\n {2}.*Windows-1252\. Found: utf-8\n$/);
  const { files }: { files?: unknown } = JSON.parse((await run([...args, "--json"])).stdout);
  deepEqual(files, [
    {
      file: path,
      warnings: [
        {
          field: "encoding",
          reason: "encoding-guessed",
          detail: "The file is not in the encoding that it should be in: it was read as Windows-1252.",
          found: "utf-8",
        },
      ],
    },
  ]);
  match((await run(["lint", path, "--section", "Sea", "--to", site.origin])).stdout, /read with a warning/);
});
