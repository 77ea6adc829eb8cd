/** Pictures for tests: PNG files of any size, made here, and the ids under which they are kept. */
import { joined } from "../../src/media/pieces.ts";
import { numbers, PNG_SIGNATURE, pngChunk } from "./pictures/bytes.ts";

/** The file `bridge.png` of the guide's examples: eight pixels wide and high. */
export const BRIDGE = Uint8Array.fromBase64(
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAADklEQVR4nGNogAIGyhgAgIQgAQ2AJGEAAAAASUVORK5CYII=",
);

/**
 * A JPEG photo of a camera that was held upright: stored 300 pixels wide and 500 high, to be turned by 90 degrees (EXIF,
 * orientation 6). Shown, its left half is red and its right half is blue.
 */
export const TURNED = Uint8Array.fromBase64(
  "/9j/4QC8RXhpZgAASUkqAAgAAAAGABIBAwABAAAABgAAABoBBQABAAAAVgAAABsBBQABAAAAXgAAACgBAwABAAAAAgAAABMCAwABAAAAAQAAAGmHBAABAAAAZgAAAAAAAAA4YwAA6AMAADhjAADoAwAABgAAkAcABAAAADAyMTABkQcABAAAAAECAwAAoAcABAAAADAxMDABoAMAAQAAAP//AAACoAQAAQAAACwBAAADoAQAAQAAAPQBAAAAAAAA/+IB8ElDQ19QUk9GSUxFAAEBAAAB4GxjbXMEIAAAbW50clJHQiBYWVogB+IAAwAUAAkADgAdYWNzcE1TRlQAAAAAc2F3c2N0cmwAAAAAAAAAAAAAAAAAAPbWAAEAAAAA0y1oYW5keem/Vlo+AbaDI4VVRvdPqgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAKZGVzYwAAAPwAAAAkY3BydAAAASAAAAAid3RwdAAAAUQAAAAUY2hhZAAAAVgAAAAsclhZWgAAAYQAAAAUZ1hZWgAAAZgAAAAUYlhZWgAAAawAAAAUclRSQwAAAcAAAAAgZ1RSQwAAAcAAAAAgYlRSQwAAAcAAAAAgbWx1YwAAAAAAAAABAAAADGVuVVMAAAAIAAAAHABzAFIARwBCbWx1YwAAAAAAAAABAAAADGVuVVMAAAAGAAAAHABDAEMAMAAAWFlaIAAAAAAAAPbWAAEAAAAA0y1zZjMyAAAAAAABDD8AAAXd///zJgAAB5AAAP2S///7of///aIAAAPcAADAcVhZWiAAAAAAAABvoAAAOPIAAAOPWFlaIAAAAAAAAGKWAAC3iQAAGNpYWVogAAAAAAAAJKAAAA+FAAC2xHBhcmEAAAAAAAMAAAACZmkAAPKnAAANWQAAE9AAAApb/9sAQwAUFBQUFRQXGRkXHyIeIh8uKycnKy5GMjYyNjJGakJOQkJOQmpecl1WXXJeqYV2doWpw6SbpMPs09Ps/////////9sAQwEUFBQUFRQXGRkXHyIeIh8uKycnKy5GMjYyNjJGakJOQkJOQmpecl1WXXJeqYV2doWpw6SbpMPs09Ps/////////8IAEQgB9AEsAwEiAAIRAQMRAf/EABcAAQEBAQAAAAAAAAAAAAAAAAAEAwb/xAAXAQEBAQEAAAAAAAAAAAAAAAAABQYD/9oADAMBAAIQAxAAAADnRqOIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABWl0ZFYkViRWJFYkViRWJFYkViRWJFYkViRWJFYkViRWJFYkViRWNBnboAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAH/xAAYEAADAQEAAAAAAAAAAAAAAAACE1EAoP/aAAgBAQABPwDiaUEygmUEygmUEygmUEygmUEygmUEygmUEygmUEygmUEygmUEygmUEygmUEygmUEygmUEygmUEygmUEygmUEygmUEygmUEygnE3//xAAZEQACAwEAAAAAAAAAAAAAAAADBAAVUoD/2gAIAQIBAT8A4dtlsElstgktlsElstgktlsElstgktlsElstgktlsElstgktlsElstgktlsElstgktlsElstgktlsElstgktlsE4x//EABgRAQADAQAAAAAAAAAAAAAAAAMAFVKA/9oACAEDAQE/AOHax9HKx9HKx9HKx9HKx9HKx9HKx9HKx9HKx9HKx9HKx9HKx9HKx9HKx9HKx9HKx9HKx9HKx9HKx9Hxj//Z",
);

/** A WebP of one colour, 420 pixels wide and 20 high. */
export const WEBP = Uint8Array.fromBase64(
  "UklGRmIAAABXRUJQVlA4IFYAAABwBgCdASqkARQAPm02mUmkIyKhIKgAgA2JaW7hdJlwH4AAAcSywDXU3uIvLANdTe4i8sA11N7iLywDTwAA/v6N/v//yU1/jblq//+QXLC64jAAAAAAAA==",
);

/** A GIF of one colour, 420 pixels wide and 20 high. */
export const GIF = Uint8Array.fromBase64(
  "R0lGODlhpAEUAIAAAExpcRRaoCH5BAUAAAAALAAAAACkARQAAAJojI+py+0Po5y02ouz3rz7D4biSJbmiabqyrbuC8fyTNf2jef6zvf+DwwKh8Si8YhMKpfMpvMJjUqn1Kr1is1qt9yu9wsOi8fksvmMTqvX7Lb7DY/L5/S6/Y7P6/f8vv8PGCg4SFg4UQAAOw==",
);

/** An AVIF of one colour, 420 pixels wide and 20 high. */
export const AVIF = Uint8Array.fromBase64(
  "AAAAHGZ0eXBhdmlmAAAAAG1pZjFhdmlmbWlhZgAAANZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAAA+gABAAAAAAAAACsAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABhdjAxAAAAAA5waXRtAAAAAAABAAAAVmlwcnAAAAA4aXBjbwAAAAxhdjFDgSACAAAAABRpc3BlAAAAAAAAAaQAAAAUAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAgMAAAAzbWRhdBIACgk4ITRzaQENBpAyHBShMYJgABoAAqxQtoM3bw1EZy7mI1MFO/Rfh4A=",
);

/**
 * A PNG picture of one colour, or of noise that no compression makes smaller.
 * @param shade from 0 to 255: another one is another picture
 */
export async function makePng(
  width: number,
  height: number,
  { shade = 128, isNoise = false }: { shade?: number; isNoise?: boolean } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  // Eight bits of grey, or of red, green and blue.
  header.set([8, isNoise ? 2 : 0], 8);
  const row = 1 + width * (isNoise ? 3 : 1);
  const pixels = new Uint8Array(row * height).fill(shade);
  let state = shade + 1;
  if (isNoise)
    for (let at = 0; at < pixels.length; at++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      pixels[at] = state >>> 24;
    }
  for (let start = 0; start < pixels.length; start += row) pixels[start] = 0;
  const deflated = new Response(new Blob([pixels]).stream().pipeThrough(new CompressionStream("deflate")));
  const data = new Uint8Array(await deflated.arrayBuffer());
  return joined([
    PNG_SIGNATURE,
    pngChunk("IHDR", header),
    pngChunk("IDAT", data),
    pngChunk("IEND", new Uint8Array(0)),
  ]);
}

/** The same picture with a text chunk after its header, which cleaning removes. */
export function withText(png: Uint8Array<ArrayBuffer>, text: string): Uint8Array<ArrayBuffer> {
  return withChunk(png, "tEXt", `Comment\0${text}`);
}

/** The same picture with a credit in XMP, which cleaning removes. */
export function withXmp(png: Uint8Array<ArrayBuffer>, credit: string): Uint8Array<ArrayBuffer> {
  const names =
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"';
  const described = `<rdf:Description photoshop:Credit="${credit}"/>`;
  const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/" ${names}><rdf:RDF>${described}</rdf:RDF></x:xmpmeta>`;
  return withChunk(png, "iTXt", `XML:com.adobe.xmp\0\0\0\0\0${packet}`);
}

/** The same picture as an animation of two frames: itself, and itself again. It has one chunk of pixels, as `makePng` writes it. */
export function moving(png: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const [start, end] = [PNG_SIGNATURE.length + 25, png.length - 12];
  const pixels = png.slice(start + 8, end - 4);
  const { width, height } = sizeOf(png);
  const frame = (sequence: number) =>
    pngChunk("fcTL", joined([numbers(sequence, width, height, 0, 0, 0), new Uint8Array(2)]));
  return joined([
    png.slice(0, start),
    pngChunk("acTL", numbers(2, 0)),
    frame(0),
    png.slice(start, end),
    frame(1),
    pngChunk("fdAT", joined([numbers(2), pixels])),
    png.slice(end),
  ]);
}

function sizeOf({ buffer, byteOffset }: Uint8Array): { width: number; height: number } {
  const view = new DataView(buffer, byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

function withChunk(png: Uint8Array<ArrayBuffer>, type: string, text: string): Uint8Array<ArrayBuffer> {
  const end = PNG_SIGNATURE.length + 25;
  return joined([png.slice(0, end), pngChunk(type, new TextEncoder().encode(text)), png.slice(end)]);
}

/** The SHA-256 of bytes, in hexadecimal digits: the id of a picture that is clean already. */
export async function idOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
