/** An article about a bridge, and the requests that editors make about it. */
import { edit, put } from "../newsroom.ts";
import { wire } from "./wire.ts";

export const PATH = "/api/articles/harbour-bridge";
export const JSON_TYPE = { "Content-Type": "application/json" };

/** An article with everything that an article can have. */
export const WHOLE = {
  title: "Harbour bridge reopens",
  summary: "The bridge is open again.",
  sections: ["Politics", "Human Rights"],
  date_published: "2026-11-04T07:07:06+01:00",
  expires: "2126-11-04T00:00:00Z",
  correction: "An earlier version misstated the length of the bridge.",
  authors: [{ name: "Jane Roe", url: "https://news.example/jane" }],
  tags: ["harbour"],
  language: "en-GB",
  external_url: "https://harbour.example/bridge",
  image: {
    url: "https://news.example/bridge.jpg",
    alt: "The bridge",
    credit: "J. Doe",
    width: 1200,
    height: 800,
  },
  attachments: [
    {
      url: "https://news.example/plan.pdf",
      mime_type: "application/pdf",
      title: "The plan",
      size_in_bytes: 9,
    },
  ],
  content_html: "<p>Cars crossed the bridge at <em>noon</em>.</p>",
};

export function putWhole(query = ""): Promise<Response> {
  return edit("PUT", `${PATH}${query}`, JSON.stringify(WHOLE), JSON_TYPE);
}

export function makeToken(grant: object): Promise<Response> {
  return edit("POST", "/api/tokens", JSON.stringify({ name: "Night desk", ...grant }), JSON_TYPE);
}

/** The header field of an editor who has this grant alone. */
export async function signedIn(grant: object): Promise<Record<string, string>> {
  const { token } = await (await makeToken(grant)).json<{ token: string }>();
  return { Authorization: `Bearer ${token}` };
}

export function imported(...lines: object[]): Promise<Response> {
  const body = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  return edit("POST", "/api/import", body, { "Content-Type": "application/x-ndjson" });
}

/** Makes one request after the other. */
export async function after(
  first: () => Promise<Response>,
  ...rest: (() => Promise<Response>)[]
): Promise<Response> {
  let response = await first();
  for (const ask of rest) response = await ask();
  return response;
}

export const create = (): Promise<Response> => put("harbour-bridge", wire());
export const revise = (): Promise<Response> =>
  put("harbour-bridge", wire({ headline: "Harbour bridge closes" }));
export const retract = (): Promise<Response> => edit("DELETE", `${PATH}?reason=In%20error`);
export const act = (action: string, body?: string, headers: Record<string, string> = {}): Promise<Response> =>
  edit("POST", `${PATH}/${action}`, body, { ...(body !== undefined && JSON_TYPE), ...headers });
/** The operation, a description of the request, and the status of the response. */
export type Case = [id: string, what: string, status: number, ask: () => Promise<Response>];
