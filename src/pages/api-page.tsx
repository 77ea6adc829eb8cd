/** The guide to the editor's API: each operation with an example to copy. Pure. */
import type { Site } from "../article/site.ts";
import {
  Code,
  type GuideOperation,
  type GuideParameter,
  Operation,
  Parameters,
  Prose,
} from "./api-operation.tsx";
import { renderPage } from "./parts/layout.tsx";

/** The content of the page. Descriptions have code in backquotes. */
export type Guide = {
  topics: readonly { id: string; title: string; operations: readonly GuideOperation[] }[];
  bodies: readonly { name: string; description: string; members: readonly GuideParameter[] }[];
  fields: readonly GuideParameter[];
  problems: readonly { code: string; status: number; title: string }[];
};

export function apiPage(site: Site, { topics, bodies, fields, problems }: Guide): string {
  return renderPage({
    site,
    title: `The editor's API – ${site.title}`,
    description: "How programs upload, publish, correct and withdraw articles.",
    language: "en",
    canonical: `${site.url}/api`,
    head: <link rel="service-desc" type="application/json" href="/api/openapi.json" />,
    children: (
      <>
        <h1>The editor’s API</h1>
        <p class="lead">
          Programs use this API to upload, publish, correct and withdraw the articles of{" "}
          <span dir="auto">{site.title}</span>. The same description is available as{" "}
          <a href="/api/openapi.json">an OpenAPI document</a>.
        </p>
        <Contents topics={topics} />
        <Token />
        {topics.map(({ id, title, operations }) => (
          <section id={id} class="topic">
            <h2>{title}</h2>
            {operations.map((operation) => (
              <Operation {...operation} />
            ))}
          </section>
        ))}
        <section id="bodies" class="topic">
          <h2>Bodies in JSON</h2>
          {bodies.map(({ name, description, members }) => (
            <section id={name}>
              <h3>{name}</h3>
              {description !== "" && (
                <p>
                  <Prose text={description} />
                </p>
              )}
              <Parameters list={members} />
            </section>
          ))}
        </section>
        <section id="fields" class="topic">
          <h2>Header fields</h2>
          <Parameters list={fields} />
        </section>
        <Problems list={problems} />
      </>
    ),
  });
}

function Contents({ topics }: Pick<Guide, "topics">) {
  return (
    <nav aria-label="Contents">
      <ul>
        {topics.map(({ id, title }) => (
          <li>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
        <li>
          <a href="#bodies">Bodies in JSON</a>
        </li>
        <li>
          <a href="#fields">Header fields</a>
        </li>
        <li>
          <a href="#problems">Problems</a>
        </li>
      </ul>
    </nav>
  );
}

function Token() {
  return (
    <section class="note" id="token">
      <h2>Your token</h2>
      <p>
        Every request needs a token, except for this description. An administrator{" "}
        <a href="#makeToken">makes you one</a>; it is shown only once. The first administrator uses the secret{" "}
        <code>EDITOR_TOKEN</code>, which was set when the site was deployed. The examples read the token from
        a variable. On a new site they work one after the other:
      </p>
      <Code>{"TOKEN='paste it here'"}</Code>
    </section>
  );
}

function Problems({ list }: { list: Guide["problems"] }) {
  return (
    <section id="problems" class="topic">
      <h2>Problems</h2>
      <p>
        A refused request gets a problem document (RFC 9457). Its <code>type</code> is the address of a page
        that explains the problem:
      </p>
      <div class="scroll">
        <table>
          <tbody>
            {list.map(({ code, status, title }) => (
              <tr>
                <th scope="row">{status}</th>
                <td>
                  <a href={`/problems/${code}`}>{title}</a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
