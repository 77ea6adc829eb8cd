/** An operation's example as a command line for any POSIX shell. Pure. */
import type { Site } from "../../article/site.ts";
import type { Operation } from "../operations/operation.ts";

/** @returns a curl command; a token, where it takes one, comes from the variable TOKEN */
export function curl(site: Site, { method, access, example }: Operation): string {
  const { address, fields = {}, output } = example;
  const body = exampleBody(site, example);
  const type = example.body?.type;
  const file = example.body !== undefined && "file" in example.body ? example.body.file : undefined;
  const words = [
    method === "get" ? "curl" : `curl -X ${method.toUpperCase()}`,
    ...(access === "everybody" ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...(type === undefined ? [] : [`-H ${quoted(`Content-Type: ${type}`)}`]),
    ...Object.entries(fields).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-binary ${quoted(body.text)}`]),
    ...(file === undefined ? [] : [`--data-binary ${quoted(`@${file}`)}`]),
    ...(output === undefined ? [] : [`-o ${output}`]),
  ];
  const [command = "", ...rest] = words;
  return [`${command} ${quoted(`${site.url}${address}`)}`, ...rest].join(" \\\n  ");
}

/** The text of an example's body, which names a section of this very site: another might be refused. */
export function exampleBody(
  { sections }: Site,
  { body }: Operation["example"],
): { type: string; text: string } | undefined {
  if (body === undefined || !("text" in body)) return undefined;
  const { id, title } = sections[0] ?? { id: "news", title: "News" };
  return { type: body.type, text: body.text({ id, title }) };
}

/** Nothing means anything between single quotes but a single quote (POSIX.1-2024, Shell Command Language, 2.2.2). */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
