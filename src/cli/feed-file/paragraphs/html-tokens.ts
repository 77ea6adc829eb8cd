/** HTML → its tags, comments and texts, in order and without a gap. Pure. */
import { Tokenizer } from "htmlparser2";

/** A token. `name`: of a tag, in lower case; else empty. `html`: the token as it is written. */
export type HtmlToken = { kind: "text" | "open" | "close" | "comment"; name: string; html: string };

const ignore = (): void => {};

/** Splits HTML into tokens (HTML Standard, section 13.2.5). The tokens, joined, are the same HTML. */
export function htmlTokens(html: string): HtmlToken[] {
  const tokens: HtmlToken[] = [];
  let end = 0;
  let opened = "";
  const add = (kind: HtmlToken["kind"], name: string, upTo: number): void => {
    const piece = html.slice(end, upTo);
    end = Math.max(end, upTo);
    const last = tokens.at(-1);
    if (kind === "text" && last?.kind === "text") last.html += piece;
    else if (piece !== "") tokens.push({ kind, name, html: piece });
  };
  const addComment = (_start: number, endIndex: number): void => {
    add("comment", "", endIndex + 1);
  };
  const addOpen = (endIndex: number): void => {
    add("open", opened, endIndex + 1);
  };
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: false },
    {
      isInForeignContext: () => false,
      ontext: (_start, endIndex) => {
        add("text", "", endIndex);
      },
      onopentagname: (start, endIndex) => {
        opened = html.slice(start, endIndex).toLowerCase();
      },
      onopentagend: addOpen,
      onselfclosingtag: addOpen,
      onclosetag: (start, endIndex) => {
        const close = html.indexOf(">", endIndex);
        add("close", html.slice(start, endIndex).toLowerCase(), close === -1 ? html.length : close + 1);
      },
      oncomment: addComment,
      oncdata: addComment,
      ondeclaration: addComment,
      onprocessinginstruction: addComment,
      onattribdata: ignore,
      onattribentity: ignore,
      onattribend: ignore,
      onattribname: ignore,
      ontextentity: ignore,
      onend: ignore,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  add("text", "", html.length);
  return tokens;
}
