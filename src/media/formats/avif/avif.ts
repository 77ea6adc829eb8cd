/** AVIF: keeps a still picture and its description (AV1 Image File Format; ISO/IEC 14496-12). Nothing else stays. */
import { MAX_META_BYTES } from "../../limits.ts";
import { joined, type Plan, tooFragmented } from "../../pieces.ts";
import { damaged, Refused, truncated } from "../../refusal.ts";
import { cleanDescription, type CleanDescription, type KeptExtent } from "./clean-description.ts";
import { readDescription } from "./description.ts";
import { AvifTexts } from "./texts.ts";
import { BOX_HEAD } from "./boxes.ts";
import { bytesOfText, type Job, latin1, type Scanned, viewOf } from "../scan.ts";
import type { Step } from "../source.ts";

// A file has about four boxes.
const MAX_BOXES = 100;
const MAX_FTYP = 1024;
const SEQUENCES = new Set(["moov", "moof", "mini"]);

/** A box of the file: its head of 8 or 16 bytes; `end` is infinite for one that goes up to the end of the file. */
type FileBox = { type: string; start: number; head: Uint8Array; end: number };

type Described = { bytes: Uint8Array; clean: CleanDescription; texts: AvifTexts; box: FileBox };

/** Scans an AVIF file up to the last byte that the picture needs. */
export function* scanAvif(job: Job): Step<Scanned> {
  const { source, plan, metadata } = job;
  const boxes: FileBox[] = [];
  let described: Described | undefined;
  let ftyp: Uint8Array = new Uint8Array();
  for (;;) {
    const box = yield* nextBox(job);
    if (box === undefined) break;
    boxes.push(box);
    if (boxes.length > MAX_BOXES) throw tooFragmented();
    if (boxes.length === 1) ftyp = yield* fileType(job, box);
    else if (box.type === "meta") {
      if (described) throw damaged("it has two descriptions");
      described = yield* description(job, box);
    } else if (SEQUENCES.has(box.type)) throw sequence();
    else if (box.end === Infinity) yield* passAll(job);
    else if (described) yield* described.texts.pass(job, box.end);
    else yield* source.skip(box.end - source.position);
    if (described && endOf(described) <= source.position) break;
  }
  if (described === undefined || endOf(described) > source.position) throw truncated();
  planFile(plan, boxes, described);
  described.texts.give(metadata);
  const { width, height, isSideways } = described.clean;
  return { width, height, orientation: isSideways ? 6 : 1, beginning: joined([ftyp, described.bytes]) };
}

/** The head of the next box; undefined at the end of the file. */
function* nextBox({ source }: Job): Step<FileBox | undefined> {
  const start = source.position;
  const head = yield* source.takeUpTo(BOX_HEAD);
  if (head.length < BOX_HEAD) return undefined;
  const type = latin1(head.subarray(4));
  const length = viewOf(head).getUint32(0);
  if (length === 0) return { type, start, head, end: Infinity };
  if (length !== 1) {
    if (length < BOX_HEAD) throw damaged("a box has a wrong length");
    return { type, start, head, end: start + length };
  }
  const long = yield* source.take(8);
  const end = start + Number(viewOf(long).getBigUint64(0));
  if (end < source.position) throw damaged("a box has a wrong length");
  return { type, start, head: joined([head, long]), end };
}

function* fileType({ source }: Job, { type, head, end }: FileBox): Step<Uint8Array> {
  const length = end - source.position;
  if (type !== "ftyp" || length > MAX_FTYP || length < 8) throw damaged("its type has no sense");
  const body = yield* source.take(length);
  const brands = latin1(body).match(/.{4}/gs) ?? [];
  if (brands.some((brand, index) => index !== 1 && brand === "avis")) throw sequence();
  return joined([head, body]);
}

function sequence(): Refused {
  return new Refused(
    "unsupported-type",
    "Animated AVIF files aren't taken: send a WebP or a GIF.",
    "image/avif",
  );
}

function* description({ source }: Job, box: FileBox): Step<Described> {
  const length = box.end - source.position;
  if (length > MAX_META_BYTES)
    throw new Refused(
      "cannot-be-cleaned",
      "The picture's description is too long: save the picture anew.",
      "image/avif",
    );
  const bytes = joined([box.head, yield* source.take(length)]);
  const read = readDescription(bytes, box.head.length);
  const texts = new AvifTexts(bytes, read);
  return { bytes, texts, clean: cleanDescription(bytes, read), box };
}

/** Reads up to the end of the upload. */
function* passAll({ source }: Job): Step<void> {
  for (;;) {
    const { length } = yield* source.window();
    if (length === 0) return;
    source.advance(length);
  }
}

/** The end of the last byte that the picture needs. */
function endOf({ clean, box }: Described): number {
  return Math.max(box.end, clean.extents.at(-1)?.to ?? 0);
}

/** Plans a file in which everything that stays keeps its place: the description names places in the file. */
function planFile(plan: Plan, boxes: readonly FileBox[], described: Described): void {
  const end = endOf(described);
  let left = described.clean.extents;
  for (const box of boxes) {
    if (box.start >= end) break;
    if (box === described.box) plan.insert(described.bytes);
    else if (box.type === "ftyp" && box.start === 0) plan.keep(0, box.end);
    else left = planBox(plan, box, end, left);
  }
  if (left.length > 0) throw damaged("a part of it is missing");
}

/** Plans a box of data: the extents in it stay, all else becomes zero. @returns the extents after it */
function planBox(plan: Plan, box: FileBox, end: number, extents: readonly KeptExtent[]): KeptExtent[] {
  const to = Math.min(box.end, end);
  const isData = box.type === "mdat";
  const head = box.head.slice();
  const view = viewOf(head);
  if (head.length > BOX_HEAD) view.setBigUint64(8, BigInt(to - box.start));
  else if (box.end !== Infinity) view.setUint32(0, to - box.start);
  if (!isData) head.set(bytesOfText("free"), 4);
  plan.insert(head);
  let at = box.start + head.length;
  const within = isData ? extents.filter((extent) => extent.from < to) : [];
  for (const extent of within) {
    if (extent.from < at || extent.to > to) throw damaged("a part of it lies outside of its data");
    plan.blank(extent.from - at);
    if (extent.bytes) plan.insert(extent.bytes);
    else plan.keep(extent.from, extent.to);
    at = extent.to;
  }
  plan.blank(to - at);
  return extents.slice(within.length);
}
