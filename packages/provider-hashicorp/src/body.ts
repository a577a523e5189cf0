/** JSON objects as the vault sends them; nothing in one is trusted to have the type it should have. */
export type Body = Readonly<Record<string, unknown>>;

export function isBody(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member that should be an object. */
export function group(body: Body | undefined, name: string): Body | undefined {
  const held = body?.[name];
  return isBody(held) ? held : undefined;
}

/** A member that should be text; empty means absent, as Go writes it. */
export function text(body: Body | undefined, name: string): string | undefined {
  const held = body?.[name];
  return typeof held === "string" && held !== "" ? held : undefined;
}

/** A member that should be a count or a number of seconds; 0 where it is neither. */
export function count(body: Body | undefined, name: string): number {
  const held = body?.[name];
  return typeof held === "number" && Number.isFinite(held) && held > 0 ? held : 0;
}

/** A member that should be a list of texts. */
export function texts(body: Body | undefined, name: string): readonly string[] {
  const held = body?.[name];
  return Array.isArray(held) ? held.filter((item): item is string => typeof item === "string") : [];
}
