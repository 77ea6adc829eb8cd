/** The inspector in the Workers' own runtime: streams, decoders of text, and a stream of known length. */
import { expect, test } from "vitest";
import { cleaned } from "../../../src/media/cleaned.ts";
import { inspector } from "../../../src/media/inspect.ts";

const XMP =
  '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:p="http://ns.adobe.com/photoshop/1.0/" p:Credit="A. Mar"/></rdf:RDF>';
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

function segment(marker: string, payload: string): string {
  const length = payload.length + 2;
  return `\xff${marker}${String.fromCharCode(length >> 8, length & 255)}${payload}`;
}

const PIXELS = "0123456789abcdef".repeat(20_000);
const HEADER = `${segment("\xc0", "\x08\0\x08\0\x08\x01\x01\x11\0")}${segment("\xda", "\x01\x01\0\0\x3f\0")}`;
const CLEAN = `\xff\xd8${HEADER}${PIXELS}\xff\xd9`;
const IIM = "8BIM\x04\x04\0\0\0\0\0\x09\x1c\x02\x78\0\x04Jos\xe9";
const UPLOAD = `\xff\xd8${segment("\xe1", `http://ns.adobe.com/xap/1.0/\0${XMP}`)}${segment("\xed", `Photoshop 3.0\0${IIM}`)}${HEADER}${PIXELS}\xff\xd9<script>`;

test("a picture is inspected while it passes by, and cleaned into a stream of known length", async () => {
  const bytes = latin1(UPLOAD);
  const inspecting = inspector();
  for await (const chunk of new Blob([bytes]).stream()) expect(inspecting.push(chunk)).toBeUndefined();
  const inspected = await inspecting.end();
  expect(inspected).toMatchObject({
    ok: true,
    type: "image/jpeg",
    length: CLEAN.length,
    proposed: { credit: "A. Mar", caption: "José" },
  });
  if (!inspected.ok) return;
  const { readable, writable } = new FixedLengthStream(inspected.length);
  const [, clean] = await Promise.all([
    cleaned(new Blob([bytes]).stream(), inspected.pieces).pipeTo(writable),
    new Response(readable).bytes(),
  ]);
  expect(clean).toEqual(latin1(CLEAN));
});

test("a cleaned file fails where the upload is shorter than it was, and lets go of it where its reader goes", async () => {
  const pieces = [{ from: 0, to: 10 }, { zeros: 100_000 }, { bytes: latin1("end") }];
  await expect(new Response(cleaned(new Blob(["short"]).stream(), pieces)).bytes()).rejects.toThrow(
    "shorter",
  );
  let isCancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(5)),
    cancel() {
      isCancelled = true;
    },
  });
  const reader = cleaned(endless, pieces).getReader();
  expect(await reader.read()).toEqual({ done: false, value: new Uint8Array(5) });
  await reader.cancel();
  expect(isCancelled).toBe(true);
});
