/** The EXIF and XMP of an AVIF picture: where they lie, and their bytes as they pass by. */
import { MAX_METADATA_BYTES } from "../../limits.ts";
import { joined } from "../../pieces.ts";
import type { Description, Extent } from "./description.ts";
import { type Job, latin1, type MetadataBox, viewOf } from "../scan.ts";
import type { Step } from "../source.ts";

type Kind = "exif" | "xmp";
type Wanted = Extent & { kind: Kind };

/** Collects the texts of one picture. */
export class AvifTexts {
  readonly #wanted: Wanted[] = [];
  readonly #found: Record<Kind, Uint8Array[]> = { exif: [], xmp: [] };

  /** Finds the texts in a description that hasn't been cleaned yet, and reads those that lie within it. */
  constructor(bytes: Uint8Array, { items, locations, idat }: Description) {
    const seen = new Set<Kind>();
    for (const { id, type, typeAt, end } of items.values()) {
      const isXmp =
        type === "mime" &&
        latin1(bytes.subarray(typeAt, Math.min(end, typeAt + 200))).includes("application/rdf+xml");
      const kind = type === "Exif" ? "exif" : isXmp ? "xmp" : undefined;
      const location = locations.get(id);
      if (kind === undefined || location === undefined || seen.has(kind)) continue;
      seen.add(kind);
      const length = location.extents.reduce((sum, { from, to }) => sum + to - from, 0);
      if (length > MAX_METADATA_BYTES || location.extents.length > 16) continue;
      for (const { from, to } of location.extents)
        if (!location.isInDescription) this.#wanted.push({ from, to, kind });
        else if (idat)
          this.#found[kind].push(bytes.slice(idat.body + from, Math.min(idat.end, idat.body + to)));
    }
    this.#wanted.sort((one, other) => one.from - other.from);
  }

  /** Passes over the upload up to `end`, and takes the texts that lie there. */
  *pass({ source }: Job, end: number): Step<void> {
    for (const { from, to, kind } of this.#wanted) {
      if (from < source.position || to > end) continue;
      yield* source.skip(from - source.position);
      this.#found[kind].push(yield* source.take(to - from));
    }
    yield* source.skip(end - source.position);
  }

  /** Hands over what was found. */
  give(metadata: MetadataBox): void {
    const exif = joined(this.#found.exif);
    // The TIFF structure begins so many bytes after this number (HEIF, annex A.2.1).
    if (exif.length > 4) metadata.add("exif", exif.subarray(4 + viewOf(exif).getUint32(0)));
    metadata.add("xmp", joined(this.#found.xmp));
  }
}
