/** The attributes of a shortcode. Pure. */
import { decodeHTMLStrict } from "entities";

/** The attributes of a shortcode. `values`: those without a name, in order. */
export type ShortcodeAttributes = { named: ReadonlyMap<string, string>; values: readonly string[] };

// As shortcode_parse_atts() splits them: double, single and no quotes, each with a name or without.
const ATTRIBUTE = /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))|"([^"]*)"|'([^']*)'|(\S+)/g;

/** Reads the attributes. Names are in lower case; values stay HTML, as they are written. */
export function shortcodeAttributes(text: string): ShortcodeAttributes {
  const named = new Map<string, string>();
  const values: string[] = [];
  for (const [, name, double, single, bare, ...unnamed] of text.matchAll(ATTRIBUTE)) {
    const value = double ?? single ?? bare;
    if (name !== undefined && value !== undefined) named.set(name.toLowerCase(), value);
    else values.push(unnamed.find((written) => written !== undefined) ?? "");
  }
  return { named, values };
}

/** Finds the first of several attributes that isn't empty; decoded. */
export function attributeOf({ named }: ShortcodeAttributes, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = decodeHTMLStrict(named.get(name) ?? "").trim();
    if (value !== "") return value;
  }
  return undefined;
}

/** Finds the first web address among the attributes: `[youtube=http://…&w=640]`, `[audio http://…|titles=…]`. */
export function addressIn({ named, values }: ShortcodeAttributes): string | undefined {
  for (const written of [...values, ...named.values()]) {
    const [address] = /https?:\/\/[^\s"'<>|,]+/.exec(decodeHTMLStrict(written)) ?? [];
    if (address !== undefined) return address;
  }
  return undefined;
}
