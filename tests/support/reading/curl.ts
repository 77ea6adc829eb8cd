/** Reads a command line as a POSIX shell and curl would, as far as the guide's examples need it. */

/** The request that a curl command makes. */
export type CurlRequest = {
  url: string;
  method: string;
  headers: [string, string][];
  body: string | undefined;
};

/**
 * @param variables of the shell
 * @throws Error on an option that no example has
 */
export function readCurl(command: string, variables: Record<string, string>): CurlRequest {
  const [program, ...words] = shellWords(command, variables);
  if (program !== "curl") throw new Error(`This is no curl command: ${command}`);
  const read: CurlRequest = { url: "", method: "", headers: [], body: undefined };
  while (words.length > 0) {
    const word = words.shift() ?? "";
    if (!word.startsWith("-")) {
      if (read.url !== "") throw new Error(`A second address: ${word}`);
      read.url = word;
      continue;
    }
    takeOption(read, word, words.shift() ?? "");
  }
  return { ...read, method: read.method || (read.body === undefined ? "GET" : "POST") };
}

function takeOption(read: CurlRequest, option: string, value: string): void {
  if (option === "-X") read.method = value;
  else if (option === "-H") read.headers.push(fieldOf(value));
  else if (option === "--data-binary") read.body = value;
  else if (option !== "-o") throw new Error(`Not an option that an example has: ${option}`);
}

function fieldOf(line: string): [string, string] {
  const colon = line.indexOf(": ");
  return [line.slice(0, colon), line.slice(colon + 2)];
}

// POSIX.1-2024, Shell Command Language, 2.2: a backslash, single quotes, double quotes; otherwise white space separates words.
const TOKEN = /\\([^])|'([^']*)'|"([^"\\]*)"|(\s+)|([^\s'"\\$`]+)/y;

function shellWords(line: string, variables: Record<string, string>): string[] {
  const words: string[] = [];
  let word: string | undefined;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < line.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(line);
    if (found === null) throw new Error(`A shell would take this otherwise: ${line.slice(at)}`);
    const [, escaped, single, double, space, plain] = found;
    // A backslash before a line end continues the line.
    if (escaped === "\n") continue;
    if (space !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    word = `${word ?? ""}${escaped ?? single ?? plain ?? expanded(double ?? "", variables)}`;
  }
  return word === undefined ? words : [...words, word];
}

function expanded(text: string, variables: Record<string, string>): string {
  return text.replaceAll(/\$(\w+)/g, (_whole, name: string) => {
    const value = variables[name];
    if (value === undefined) throw new Error(`The variable ${name} is not set`);
    return value;
  });
}
