import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { fileOf, outputSchemas } from "../src/output/schema/published.ts";

const SCHEMAS = outputSchemas();
const compiled = new Map<string, ValidateFunction>();

/**
 * What is wrong with the output of a command that was called with `--json`, or `undefined`. A member that the published
 * schema does not have is wrong, too: it would be one that nobody is told of.
 */
export function outputFault(args: readonly string[], stdout: string): string | undefined {
  const ours = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
  const file = fileOfCommand(ours.filter((arg) => !arg.startsWith("-")));
  if (!ours.includes("--json") || file === undefined || !stdout.startsWith("{")) return undefined;
  const validate =
    compiled.get(file) ?? new Ajv2020({ strict: true, allowUnionTypes: true }).compile(closed(SCHEMAS[file]));
  compiled.set(file, validate);
  if (validate(JSON.parse(stdout))) return undefined;
  const where = new Set((validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`));
  return `${file}: ${[...where].join("; ")}`;
}

function fileOfCommand([first = "", second = ""]: readonly string[]): string | undefined {
  return [fileOf(`${first} ${second}`), fileOf(first)].find((file) => Object.hasOwn(SCHEMAS, file));
}

/** The same schema without room for more members. */
function closed(schema: unknown): object {
  const copy = (held: unknown): unknown => {
    if (Array.isArray(held)) return held.map(copy);
    if (typeof held !== "object" || held === null) return held;
    const members = Object.fromEntries(Object.entries(held).map(([key, value]) => [key, copy(value)]));
    return "properties" in held ? { ...members, additionalProperties: false } : members;
  };
  return copy(schema) as object;
}
