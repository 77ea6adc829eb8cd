/** Kept pictures: uploaded, listed, described, deleted. */
import * as v from "valibot";
import { MAX_PICTURE_BYTES, type MediaDescription } from "../../article/media.ts";
import { type DescribedMedia, descriptionTag } from "../../desk/commands/media.ts";
import type { Refused } from "../../desk/messages.ts";
import { Refusal } from "../../http/problems.ts";
import type { NeededRight } from "../access.ts";
import { NoQuery } from "../decode.ts";
import { problemOf } from "../desk-refusals.ts";
import { bucketOf, MediaUploadQuery, UPLOAD_TYPES, uploadMedia } from "../handlers/media-upload.ts";
import { descriptionOf, mediaView, withCleanCredit } from "../media-views.ts";
import { paginate, PAGINATION, readMediaPlace, readPagination, writeMediaPlace } from "../pagination.ts";
import {
  DeletedMediaView,
  DescriptionBody,
  KeptMediaView,
  MediaList,
  MediaView,
  MediaWithUses,
  PictureFileBody,
} from "../schemas/media.ts";
import { expectedTags } from "../write-request.ts";
import { jsonBody, unreadBody } from "./body.ts";
import { NOTHING, type Operation, operation } from "./operation.ts";
import { MEDIA } from "./parameters.ts";

const ON_ONE = { subjectPrefix: "media:" } as const;
const DESCRIBING: NeededRight = { ...ON_ONE, right: "publish", action: "describe-media" };
const DELETING: NeededRight = { ...ON_ONE, right: "withdraw", action: "remove-media" };

/** The id of the file `bridge.png` in the examples. */
export const EXAMPLE_MEDIA = "d408ac321f81a4b6445011c9acf3e204afeb0143f1d35dfa007f09eab6a1f646";

export const MEDIA_OPERATIONS: readonly Operation[] = [
  operation({
    ...NOTHING,
    id: "postMedia",
    method: "post",
    path: "/api/media",
    summary: "Upload a picture",
    description:
      "Keeps a picture on this site, for articles that name it by its id. Its bytes say what it is: JPEG, PNG, WebP, GIF or AVIF. Private metadata, such as the place where it was taken, are removed first. Smaller sizes are made where the site has Cloudflare Images. The same bytes again are the same picture, and whatever is missing is made. To change what is said of it, a token for some sections must cover those of every article that uses it.",
    access: { right: "publish", action: "upload-media" },
    query: MediaUploadQuery,
    body: unreadBody({
      description: `The bytes of the picture, ${MAX_PICTURE_BYTES} at most, with their number in \`Content-Length\`.`,
      isRequired: true,
      content: Object.fromEntries(UPLOAD_TYPES.map((type) => [type, PictureFileBody])),
    }),
    answers: [
      {
        status: 201,
        description: "The picture is kept.",
        fields: ["Location"],
        content: { "application/json": KeptMediaView },
      },
      {
        status: 200,
        description: "The picture was kept already.",
        content: { "application/json": KeptMediaView },
      },
    ],
    problems: [
      "media-unavailable",
      "length-required",
      "too-large",
      "unsupported-media-type",
      "invalid-picture",
      "storage-full",
    ],
    example: {
      address: "/api/media?alt=Children%20on%20the%20ramp",
      body: { type: "image/png", file: "bridge.png" },
    },
    handle:
      ({ site }) =>
      (input) =>
        uploadMedia(site, input),
  }),
  operation({
    ...NOTHING,
    id: "listMedia",
    method: "get",
    path: "/api/media",
    summary: "List pictures",
    description: "Lists the pictures that are kept here, the newest first, with pagination.",
    access: "signed-in",
    query: v.strictObject(PAGINATION),
    answers: [
      { status: 200, description: "A part of the list.", content: { "application/json": MediaList } },
    ],
    problems: ["media-unavailable", "invalid-cursor"],
    example: { address: "/api/media?limit=10" },
    handle:
      ({ site: { url } }) =>
      async ({ query, desk, bindings }) => {
        bucketOf(bindings);
        const { after, limit } = readPagination(query, readMediaPlace);
        const found = await desk.allMedia(after, limit + 1);
        const { listed, next } = paginate(found, limit, writeMediaPlace);
        return Response.json({ media: listed.map((media) => mediaView(url, media)), next });
      },
  }),
  operation({
    ...NOTHING,
    id: "getMedia",
    method: "get",
    path: "/api/media/{id}",
    summary: "Read about a picture",
    description: "Returns the picture's addresses, sizes and description, and the articles that use it.",
    access: "signed-in",
    params: MEDIA,
    answers: [
      {
        status: 200,
        description: "The picture.",
        fields: ["ETag"],
        content: { "application/json": MediaWithUses },
      },
    ],
    problems: ["media-unavailable", "not-found"],
    example: { address: `/api/media/${EXAMPLE_MEDIA}` },
    handle:
      ({ site: { url } }) =>
      async ({ params: { id }, desk, bindings }) => {
        bucketOf(bindings);
        const found = await desk.media(id);
        if (found === undefined) throw noSuchPicture();
        const { media, uses } = found;
        return Response.json({ media: mediaView(url, media), uses }, { headers: { ETag: tagOf(media) } });
      },
  }),
  operation({
    ...NOTHING,
    id: "describeMedia",
    method: "put",
    path: "/api/media/{id}",
    summary: "Describe a picture",
    description:
      "Replaces what is said of the picture. A text that is missing is taken away, and so is an e-mail address in a credit. Articles that have it already keep what they say. A token for some sections must cover those of every article that uses it.",
    access: DESCRIBING,
    params: MEDIA,
    query: NoQuery,
    body: jsonBody(DescriptionBody, { description: "The texts.", isRequired: true }),
    fields: ["If-Match"],
    answers: [
      {
        status: 200,
        description: "The picture.",
        fields: ["ETag"],
        content: { "application/json": MediaView },
      },
    ],
    problems: ["media-unavailable", "not-found", "precondition-failed", "storage-full"],
    example: {
      address: `/api/media/${EXAMPLE_MEDIA}`,
      body: {
        type: "application/json",
        text: () => '{ "alt": "Children on the ramp of the bridge", "credit": "Sam Poe" }',
      },
    },
    handle:
      ({ site: { url } }) =>
      async ({ params: { id }, body, actor, request, desk, bindings }) => {
        bucketOf(bindings);
        const description = withCleanCredit(descriptionOf(body), []);
        const { media } = foundOrThrow<DescribedMedia>(
          await desk.describeMedia(id, description, expectedTags(request), actor),
        );
        return Response.json(mediaView(url, media), { headers: { ETag: tagOf(media) } });
      },
  }),
  operation({
    ...NOTHING,
    id: "deleteMedia",
    method: "delete",
    path: "/api/media/{id}",
    summary: "Delete a picture",
    description:
      "Deletes a picture that no article uses. A token for some sections must cover those of every article that uses it, or else learns only of the section. Caches at the edge may show it for an hour, browsers longer. To delete the pictures of an article with it: `DELETE /api/articles/{id}?media=delete`.",
    access: DELETING,
    params: MEDIA,
    query: NoQuery,
    answers: [
      { status: 200, description: "It is deleted.", content: { "application/json": DeletedMediaView } },
    ],
    problems: ["media-unavailable", "not-found", "media-in-use"],
    example: { address: `/api/media/${EXAMPLE_MEDIA}` },
    handle:
      () =>
      async ({ params: { id }, actor, desk, bindings }) => {
        bucketOf(bindings);
        foundOrThrow(await desk.removeMedia(id, actor));
        return Response.json({ deleted: id });
      },
  }),
];

function tagOf(media: MediaDescription): string {
  return `"${descriptionTag(media)}"`;
}

/** @throws Refusal "not-found" for an address of a picture that there isn't, and what else the Desk refuses */
function foundOrThrow<T extends { ok: true }>(decided: T | Refused): T {
  if (decided.ok) return decided;
  throw decided.reason === "no-such-media" ? noSuchPicture() : problemOf(decided);
}

function noSuchPicture(): Refusal {
  return new Refusal("not-found", { detail: "There is no picture with this id." });
}
