/** Uploads the pictures that documents name by their files, each once, and puts their addresses into the documents. */
import { stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { decode } from "../../upload/encoding.ts";
import type { Interruption } from "../transport/interruption.ts";
import { isUnanswered, RefusedBefore, send } from "../transport/request.ts";
import { readSiteResponse, reasonsOf } from "../transport/responses.ts";
import type { Site } from "../transport/site.ts";
import { namedFile } from "./document-picture.ts";
import { pictureBounds, readNamedPicture } from "./picture-bounds.ts";
import { pictureTask, uploadOutcome } from "./picture-task.ts";

/**
 * Makes the bytes to send of a document's bytes.
 * @throws Error with the reason, for a picture that can't be sent; RefusedBefore, Unanswered, Interrupted
 */
export type PictureSource = (
  path: string,
  format: string,
  bytes: Uint8Array<ArrayBuffer>,
) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * @param paths files and folders on the command line: pictures come from them, and from beside their documents
 * @param isDryRun whether nothing may change: a picture then has the address that it might have elsewhere
 */
export function pictureSource(
  paths: readonly string[],
  site: Site,
  interruption: Interruption,
  isDryRun: boolean,
): PictureSource {
  const bounds = pictureBounds(paths);
  const addresses = new Map<string, Promise<string>>();
  const addressOf = (file: string): Promise<string> => {
    const known = addresses.get(file);
    if (known !== undefined) return known;
    const address = isDryRun ? untried(site, file) : upload(site, interruption, file);
    addresses.set(file, address);
    return address;
  };
  return async (path, format, bytes) => {
    const text = decode(bytes);
    // The site refuses what is no UTF-8.
    const named = typeof text === "string" ? namedFile(format, text) : undefined;
    if (named === undefined) return bytes;
    // What is no file may be an address from the document's own: the site decides.
    if (!named.isCertain && !(await isFile(resolve(dirname(path), named.file)))) return bytes;
    try {
      const address = await addressOf(await bounds.find(path, named.file));
      return Buffer.from(named.withAddress(address));
    } catch (error) {
      if (isUnanswered(error)) throw error;
      if (error instanceof RefusedBefore) throw new RefusedBefore(`image: ${error.message}`, error.status);
      throw new Error(`image: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  };
}

async function upload(site: Site, interruption: Interruption, file: string): Promise<string> {
  const request = await pictureTask(file, {}, () => readNamedPicture(file)).request();
  const response = await send(site, request, interruption, readSiteResponse);
  const outcome = response.isOk ? uploadOutcome(response) : undefined;
  if (outcome !== undefined && "picture" in outcome) return outcome.picture.media.url;
  throw new RefusedBefore(`${file} was refused. ${reasonsOf(response).join(" ")}`, response.status);
}

async function untried(site: Site, file: string): Promise<string> {
  await readNamedPicture(file);
  return `${site.origin}/${encodeURIComponent(basename(file))}`;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
