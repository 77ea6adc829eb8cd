/** Requests of the tests about kept pictures, and what lies in the bucket. */
import { env } from "cloudflare:workers";
import { edit } from "./newsroom.ts";

/** A picture as the API shows it. */
export type ShownMedia = {
  id: string;
  url: string;
  type: string;
  width: number;
  height: number;
  length: number;
  sizes: { url: string; type: string; width: number; height: number; length: number }[];
  created: string;
  alt?: string;
  caption?: string;
  credit?: string;
  licence?: string;
};

type Bytes = Uint8Array<ArrayBuffer>;

/** An upload of a picture. */
export function upload(bytes: Bytes, query = "", headers: Record<string, string> = {}): Promise<Response> {
  return edit("POST", `/api/media${query}`, bytes, { "Content-Type": "image/png", ...headers });
}

/** A picture that was uploaded. */
export async function uploaded(bytes: Bytes, query = ""): Promise<ShownMedia> {
  const response = await upload(bytes, query);
  if (!response.ok) throw new Error(await response.text());
  return (await response.json<{ media: ShownMedia }>()).media;
}

/** The keys of all that lies in the bucket. */
export async function stored(): Promise<string[]> {
  return (await env.MEDIA.list()).objects.map(({ key }) => key);
}

/** The picture of an article, as editors see it. */
export async function pictureOf(id: string): Promise<Record<string, unknown> | undefined> {
  const response = await edit("GET", `/api/articles/${id}`);
  return (await response.json<{ image?: Record<string, unknown> }>()).image;
}

/** A document in JSON for an article. */
export function documentOf(more: Record<string, unknown> = {}): string {
  return JSON.stringify({
    title: "Harbour bridge opens",
    sections: ["Politics"],
    date_published: "2031-11-20T08:00:00Z",
    content_html: "<p>The bridge is open.</p>",
    ...more,
  });
}

/** Uploads an article in JSON. */
export function putJson(id: string, more: Record<string, unknown> = {}, query = ""): Promise<Response> {
  return edit("PUT", `/api/articles/${id}${query}`, documentOf(more), { "Content-Type": "application/json" });
}

/** A problem, with its code in the place of its type. */
export async function problemOf(response: Response): Promise<Record<string, unknown>> {
  const { type, ...problem } = await response.json<Record<string, unknown>>();
  return { ...problem, http: response.status, code: String(type).replace(/^.*\//, "") };
}
