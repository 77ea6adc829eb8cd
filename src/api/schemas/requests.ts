/** Schemas of small JSON bodies of requests. The description is made from them, and handlers are typed by them. */
import * as v from "valibot";
import { MAX_NOTE } from "../../article/bounds.ts";
import { isId } from "../../article/identity.ts";
import { RIGHTS } from "../../desk/principal.ts";
import { cleaned } from "../../upload/paragraphs.ts";
import { flag, time } from "../decode.ts";

const MAX_NAME_LENGTH = 100;

/** A sentence for readers: a withdrawal's reason, a correction. */
export const note = v.pipe(
  v.string(),
  v.transform(cleaned),
  v.nonEmpty("must not be empty"),
  v.maxLength(MAX_NOTE, `may have ${MAX_NOTE} characters at most`),
);

/** The name of a token or a webhook. */
export const name = v.pipe(
  v.string(),
  v.transform(cleaned),
  v.nonEmpty("must not be empty"),
  v.maxLength(MAX_NAME_LENGTH, `may have ${MAX_NAME_LENGTH} characters at most`),
);

export const sectionIds = v.pipe(
  v.array(v.pipe(v.string(), v.check(isId, "must be a section's id, such as human-rights"))),
  v.minLength(1, "must name at least one"),
);

export const PublishBody = v.strictObject({
  published: v.pipe(
    v.optional(time),
    v.description("The time; without it, now. What is public already stays as it is."),
  ),
});

export const ExpireBody = v.strictObject({
  expires: v.pipe(v.nullable(time), v.description("When it leaves the feeds by itself; null cancels that.")),
});

export const CorrectBody = v.strictObject({
  correction: v.pipe(
    v.nullable(note),
    v.description("What was wrong, for readers; null removes the correction."),
  ),
});

export const TokenBody = v.pipe(
  v.strictObject({
    name: v.pipe(name, v.description("Who it is for; the token's id is made from it.")),
    rights: v.pipe(
      v.array(v.picklist(RIGHTS)),
      v.minLength(1, "must name at least one"),
      v.description(
        "`publish`: upload, revise, schedule, correct. `withdraw`: withdraw and reinstate. `admin`: tokens, audit, export, import of an export.",
      ),
    ),
    sections: v.pipe(
      v.optional(sectionIds),
      v.description("The ids of the only sections that it covers; missing for all."),
    ),
    expires: v.pipe(v.optional(time), v.description("When it expires.")),
  }),
  // An administrator makes tokens: one for some sections could give itself the others.
  v.forward(
    v.partialCheck(
      [["rights"], ["sections"]],
      ({ rights, sections }) => sections === undefined || !rights.includes("admin"),
      "can't limit the right “admin”, which has all of them",
    ),
    ["sections"],
  ),
);

export const RestoreQuery = v.strictObject({
  silent: v.pipe(flag, v.description("Keeps `updated` as it is.")),
});

export const WithdrawQuery = v.strictObject({
  media: v.pipe(
    v.optional(v.literal("delete")),
    v.description("With `delete`, the article's pictures that no other article uses are deleted too."),
  ),
  reason: v.pipe(v.optional(note), v.description("The reason of the withdrawal, for readers.")),
});
