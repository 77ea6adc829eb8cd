/** One operation in the guide to the API: what it does, what it takes, and an example to copy. Pure. */
import type { Child } from "hono/jsx";

/** A parameter of a query, a member of a body, or a header field; `takes` says in a few words which values. */
export type GuideParameter = { name: string; takes: string; description: string };

export type GuideOperation = {
  id: string;
  /** The method and the path: `GET /api/articles/{id}`. */
  request: string;
  summary: string;
  description: string;
  /** The right that a token needs. */
  right: string | undefined;
  parameters: readonly GuideParameter[];
  /** The media types of the request's body, each with the body's name where the page lists its members. */
  types: readonly { type: string; body: string | undefined }[];
  /** The header fields that the operation understands. */
  fields: readonly string[];
  /** A command line. */
  example: string;
};

export function Operation({
  id,
  request,
  summary,
  description,
  right,
  parameters,
  types,
  fields,
  example,
}: GuideOperation) {
  return (
    <section id={id}>
      <h3>{summary}</h3>
      <p>
        <code>{request}</code>
        {right !== undefined && (
          <span class="faint">
            {" "}
            needs the right <code>{right}</code>
          </span>
        )}
      </p>
      <p>
        <Prose text={description} />
      </p>
      {parameters.length > 0 && <Parameters list={parameters} />}
      {types.length > 0 && (
        <p>
          Body: <Words list={types.map(typeWord)} conjunction="or" />.
        </p>
      )}
      {fields.length > 0 && (
        <p>
          Header fields: <Words list={fields.map(codeWord)} conjunction="and" />.
        </p>
      )}
      <Code>{example}</Code>
    </section>
  );
}

export function Parameters({ list }: { list: readonly GuideParameter[] }) {
  return (
    <div class="scroll">
      <table>
        <tbody>
          {list.map(({ name, takes, description }) => (
            <tr>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>
                <Prose text={description} />
                {takes !== "" && <span class="faint"> {takes}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A block of code that scrolls by itself, with the keyboard too. */
export function Code({ children }: { children: Child }) {
  return (
    <pre tabindex={0} dir="ltr">
      <code>{children}</code>
    </pre>
  );
}

function codeWord(word: string): Child {
  return <code>{word}</code>;
}

function typeWord({ type, body }: GuideOperation["types"][number]): Child {
  return body === undefined ? codeWord(type) : <a href={`#${body}`}>{codeWord(type)}</a>;
}

function Words({ list, conjunction }: { list: readonly Child[]; conjunction: string }) {
  return (
    <>
      {list.map((word, index) => (
        <>
          {index > 0 && (index === list.length - 1 ? ` ${conjunction} ` : ", ")}
          {word}
        </>
      ))}
    </>
  );
}

/** Plain text with code in backquotes. */
export function Prose({ text }: { text: string }) {
  return <>{text.split("`").map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</>;
}
