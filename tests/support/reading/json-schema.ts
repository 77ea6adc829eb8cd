/** The shape of a JSON Schema (2020-12). Not a validator: it knows the keywords that descriptions use. */

const TYPES = new Set(["array", "boolean", "integer", "null", "number", "object", "string"]);

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
const isNumber = (value: unknown): boolean => typeof value === "number";
const isList = (value: unknown): value is unknown[] => Array.isArray(value) && value.length > 0;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const ANNOTATIONS: Readonly<Record<string, (value: unknown) => boolean>> = {
  $ref: isText,
  type: (value) => typeof value === "string" && TYPES.has(value),
  description: isText,
  format: isText,
  enum: (value) => isList(value) && new Set(value).size === value.length,
  const: (value) => value !== undefined,
  default: (value) => value !== undefined,
  pattern: (value) => typeof value === "string" && new RegExp(value, "u") instanceof RegExp,
  required: (value) => Array.isArray(value) && value.every(isText) && new Set(value).size === value.length,
  minimum: isNumber,
  maximum: isNumber,
  minLength: isNumber,
  maxLength: isNumber,
  minItems: isNumber,
  maxItems: isNumber,
};

/** The members of a JSON object; none of anything else. */
export function membersOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

/** Everything that is wrong with a schema and its subschemas, each with its JSON Pointer. */
export function misshapen(schema: unknown, at: string): string[] {
  if (typeof schema === "boolean") return [];
  if (!isObject(schema)) return [`${at} is no schema`];
  const { properties, required } = schema;
  const undescribed =
    isObject(properties) && isList(required) ? required.filter((name) => !(String(name) in properties)) : [];
  return [
    ...undescribed.map((name) => `${at} requires ${String(name)}, which it doesn't describe`),
    ...Object.entries(schema).flatMap(([word, value]) => misshapenWord(word, value, `${at}/${word}`)),
  ];
}

function misshapenWord(word: string, value: unknown, at: string): string[] {
  switch (word) {
    case "properties":
      return Object.entries(membersOf(value)).flatMap(([name, part]) => misshapen(part, `${at}/${name}`));
    case "anyOf":
    case "allOf":
      return isList(value)
        ? value.flatMap((part, index) => misshapen(part, `${at}/${index}`))
        : [`${at} is empty`];
    case "items":
    case "additionalProperties":
    case "propertyNames":
      return misshapen(value, at);
    default:
      return ANNOTATIONS[word]?.(value) === true ? [] : [`${at} is not as it should be`];
  }
}

/** Every value of a member of this name, at any depth. */
export function everywhere(value: unknown, name: string): unknown[] {
  const inside = Array.isArray(value) ? value : Object.values(membersOf(value));
  const deeper = inside.flatMap((part) => everywhere(part, name));
  return name in membersOf(value) ? [membersOf(value)[name], ...deeper] : deeper;
}

/** The value to which a reference within the document leads (RFC 6901, section 6). */
export function resolve(document: unknown, reference: string): unknown {
  return reference
    .replace(/^#\//, "")
    .split("/")
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((value: unknown, key) => membersOf(value)[key], document);
}
