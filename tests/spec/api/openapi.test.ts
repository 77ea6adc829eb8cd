/** Completeness and form of the OpenAPI document. */
import { expect, test } from "vitest";
import { UPLOAD } from "../../../src/api/operations/uploads.ts";
import { isProblemCode, PROBLEMS } from "../../../src/http/problems.ts";
import { ACCEPTED_TYPES } from "../../../src/upload/formats.ts";
import { OPERATIONS } from "../../support/description.ts";
import { everywhere, membersOf, misshapen, resolve } from "../../support/reading/json-schema.ts";
import { get } from "../../support/newsroom.ts";
import { ORIGIN, site } from "../../support/site.ts";

async function read(): Promise<Record<string, unknown>> {
  return membersOf(await (await get("/api/openapi.json")).json());
}

/** An operation of the document, with its place. */
type Described = { method: string; path: string; operation: Record<string, unknown> };

function operationsOf(document: Record<string, unknown>): Described[] {
  return Object.entries(membersOf(document["paths"])).flatMap(([path, item]) =>
    Object.entries(membersOf(item)).map(([method, operation]) => ({
      method,
      path,
      operation: membersOf(operation),
    })),
  );
}

function responsesOf({ operation }: Described): [string, Record<string, unknown>][] {
  return Object.entries(membersOf(operation["responses"])).map(([status, response]) => [
    status,
    membersOf(response),
  ]);
}

test("the document has its version, its title and the address of the API", async () => {
  const response = await get("/api/openapi.json");
  expect([response.status, response.headers.get("Content-Type")]).toEqual([
    200,
    "application/json; charset=utf-8",
  ]);
  const { openapi, info, servers } = membersOf(await response.json());
  expect({ openapi, servers }).toEqual({ openapi: "3.1.1", servers: [{ url: ORIGIN }] });
  expect(info).toMatchObject({ title: expect.stringContaining(site.title), version: "1" });
});

test("a GET needs a token unless the table opens the operation to everybody", async () => {
  const open = OPERATIONS.filter(({ access }) => access === "everybody").map(({ path }) => path);
  const statuses = await Promise.all(
    OPERATIONS.filter(({ method }) => method === "get").map(async ({ path }) => {
      const { status } = await get(path.replaceAll(/\{\w+\}/g, "1"));
      return [path, status];
    }),
  );
  expect(statuses.filter(([, status]) => status !== 401)).toEqual(open.map((path) => [path, 200]));
});

test("every operation has an id of its own", async () => {
  const ids = operationsOf(await read()).map(({ operation }) => operation["operationId"]);
  expect(ids).toHaveLength(OPERATIONS.length);
  expect(new Set(ids).size).toBe(ids.length);
});

test("every reference has its target in the document", async () => {
  const document = await read();
  const references = new Set(everywhere(document, "$ref").map(String));
  expect(references.size).toBeGreaterThan(0);
  expect([...references].filter((reference) => resolve(document, reference) === undefined)).toEqual([]);
});

test("the name of every component is one that the specification permits", async () => {
  const components = Object.values(membersOf((await read())["components"]));
  const names = components.flatMap((group) => Object.keys(membersOf(group)));
  expect(names.filter((name) => !/^[a-zA-Z0-9._-]+$/.test(name))).toEqual([]);
});

test("an operation declares exactly the parameters of its path", async () => {
  for (const { path, operation } of operationsOf(await read())) {
    const { parameters = [] } = operation;
    const list = Array.isArray(parameters) ? parameters.map(membersOf) : [];
    const declared = list.filter((parameter) => parameter["in"] === "path");
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, required: true }));
    expect([path, declared.map(({ name, required }) => ({ name, required }))]).toEqual([path, named]);
    expect(
      new Set(list.map((parameter) => `${String(parameter["in"])} ${String(parameter["name"])}`)).size,
    ).toBe(list.length);
    expect(list.filter(({ description }) => typeof description !== "string" || description === "")).toEqual(
      [],
    );
  }
});

test("every response has a status and a description, or refers to one that has", async () => {
  const document = await read();
  for (const described of operationsOf(document)) {
    const responses = responsesOf(described);
    expect(responses.some(([status]) => status.startsWith("2"))).toBe(true);
    for (const [status, { $ref: reference, ...inline }] of responses) {
      const response = typeof reference === "string" ? membersOf(resolve(document, reference)) : inline;
      expect(status).toMatch(/^[2345]\d\d$/);
      expect(response["description"]).toEqual(expect.stringMatching(/./));
    }
  }
});

test("every schema has the shape of a JSON Schema", async () => {
  const document = await read();
  const { schemas } = membersOf(document["components"]);
  const named = Object.entries(membersOf(schemas)).flatMap(([name, schema]) => misshapen(schema, name));
  const others = everywhere(document, "schema").flatMap((schema) => misshapen(schema, "schema"));
  expect([...named, ...others]).toEqual([]);
});

test("every media type of an upload is described", () => {
  expect(Object.keys(UPLOAD)).toEqual([...ACCEPTED_TYPES]);
});

test("every problem type has its status, an example and a page", async () => {
  const document = await read();
  const { responses, examples } = membersOf(document["components"]);
  expect(Object.keys(membersOf(responses))).toEqual(Object.keys(PROBLEMS));
  for (const code of Object.keys(PROBLEMS).filter(isProblemCode)) {
    const [status, title] = PROBLEMS[code];
    const type = `${ORIGIN}/problems/${code}`;
    expect(membersOf(membersOf(examples)[code])["value"]).toMatchObject({ type, title, status });
    const page = await get(type);
    expect([page.status, (await page.text()).includes(title.replaceAll("'", "&#39;"))]).toEqual([200, true]);
  }
});

test("the id of a picture that a body names has its form", async () => {
  const { schemas } = membersOf((await read())["components"]);
  for (const name of ["ArticlePicture", "Item"]) {
    const named = everywhere(membersOf(schemas)[name], "media").map(membersOf);
    expect([name, named.map(({ pattern }) => pattern)]).toEqual([name, ["^[0-9a-f]{64}$"]]);
  }
});
