/** Signatures: the type of a file by its first bytes, never by its name or what it says of itself. */
import type { PictureType } from "../../article/media.ts";
import { Refused } from "../refusal.ts";
import { latin1, startsWith } from "./scan.ts";

/** How many bytes tell the type of a picture. */
export const SIGNATURE_LENGTH = 64;
/** How many bytes are looked at to say what else a file is. */
export const SNIFFED_LENGTH = 512;

/** The type of a picture that can be kept, by its first bytes; undefined for everything else. */
export function pictureTypeOf(head: Uint8Array): PictureType | undefined {
  if (startsWith(head, "\xff\xd8\xff")) return "image/jpeg";
  if (startsWith(head, "\x89PNG")) return "image/png";
  if (startsWith(head, "RIFF") && startsWith(head, "WEBP", 8)) return "image/webp";
  if (startsWith(head, "GIF87a") || startsWith(head, "GIF89a")) return "image/gif";
  if (brandsOf(head).some((brand) => brand === "avif" || brand === "avis")) return "image/avif";
  return undefined;
}

/** The brands of an ISO base media file, as far as they are in these bytes (ISO/IEC 14496-12, section 4.3). */
function brandsOf(head: Uint8Array): string[] {
  if (!startsWith(head, "ftyp", 4)) return [];
  const length = Math.min(head.length, (head[2] ?? 0) * 256 + (head[3] ?? 0));
  const brands = [];
  for (let offset = 8; offset + 4 <= length; offset += 4)
    if (offset !== 12) brands.push(latin1(head.subarray(offset, offset + 4)));
  return brands;
}

const OTHERS: readonly (readonly [string, string, number?])[] = [
  ["image/jxl", "\xff\x0a"],
  ["image/jxl", "JXL ", 4],
  ["image/bmp", "BM"],
  ["image/tiff", "II*\0"],
  ["image/tiff", "MM\0*"],
  ["image/x-icon", "\0\0\x01\0"],
  ["image/vnd.adobe.photoshop", "8BPS"],
  ["application/pdf", "%PDF"],
  ["application/zip", "PK\x03\x04"],
  ["video/webm", "\x1aE\xdf\xa3"],
];

/** What a file is that isn't a picture which can be kept. */
export function refusalOf(head: Uint8Array): Refused {
  if (head.length === 0) return new Refused("not-a-picture", "The file is empty.");
  const found = otherTypeOf(head);
  if (found === "image/svg+xml")
    return new Refused(
      "unsupported-type",
      "SVG files aren't taken: they can hold programs. Send a PNG.",
      found,
    );
  if (found?.startsWith("image/"))
    return new Refused("unsupported-type", `Pictures of type ${found} aren't taken: send a ${TAKEN}.`, found);
  return new Refused("not-a-picture", `The file is no picture: send a ${TAKEN}.`, found);
}

const TAKEN = "JPEG, PNG, WebP, GIF or AVIF";

function otherTypeOf(head: Uint8Array): string | undefined {
  const known = OTHERS.find(([, signature, offset]) => startsWith(head, signature, offset));
  if (known) return known[0];
  const brands = brandsOf(head);
  if (brands.some((brand) => /^(?:hei|hev|mif1|msf1)/.test(brand))) return "image/heic";
  if (brands.length > 0) return "video/mp4";
  const text = latin1(head).replaceAll("\0", "").toLowerCase();
  if (text.includes("<svg")) return "image/svg+xml";
  if (/<!doctype html|<html|<script|<body|<head/.test(text)) return "text/html";
  return text.trimStart().startsWith("<?xml") ? "application/xml" : undefined;
}
