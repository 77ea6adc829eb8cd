/** Reads what a copy tells of a kept picture. Pure. */
import * as v from "valibot";
import { MAX_NAME, MAX_SUMMARY } from "../../article/bounds.ts";
import { forbiddenIn } from "../../article/characters.ts";
import { MAX_PICTURE_BYTES, MEDIA_ID, PICTURE_TYPES, SIZE_WIDTHS } from "../../article/media.ts";
import { count, instant, wellFormed } from "../../store/decode.ts";

/** A text of a description. @param max in UTF-16 units */
function text(max: number) {
  return v.optional(
    v.pipe(
      wellFormed,
      v.maxLength(max),
      v.check((own) => forbiddenIn(own).length === 0 && !/[\r\n]/.test(own), "Invalid text"),
    ),
  );
}

const side = v.pipe(count, v.minValue(1));
const file = {
  type: v.picklist(PICTURE_TYPES),
  width: side,
  height: side,
  length: v.pipe(count, v.minValue(1), v.maxValue(MAX_PICTURE_BYTES)),
};

/** A kept picture in an export: its files and its description. Its bytes come by themselves. */
export const CopiedMedia = v.object({
  media: v.object({
    id: v.pipe(v.string(), v.regex(MEDIA_ID, "Invalid id of a picture")),
    ...file,
    sizes: v.pipe(v.array(v.object(file)), v.maxLength(SIZE_WIDTHS.length)),
    created: instant,
    alt: text(MAX_SUMMARY),
    caption: text(MAX_SUMMARY),
    credit: text(MAX_NAME),
    licence: text(MAX_NAME),
    isMissing: v.exactOptional(
      v.pipe(v.literal(true), v.description("The site that was copied lacked its file.")),
    ),
  }),
});

/** The kind of such a line. The full schema says afterwards what is wrong with it. */
export const OfMedia = v.object({ media: v.object({ id: v.string(), type: v.unknown() }) });
