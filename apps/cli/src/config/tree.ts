import type { Node } from "jsonc-parser";

/** One member of an object in a syntax tree. */
export interface Member {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node;
  /** Key and value together. */
  readonly node: Node;
}

/** The members of an object, in order. */
export function members(node: Node): readonly Member[] {
  return (node.children ?? []).flatMap((property) => {
    const [keyNode, value] = property.children ?? [];
    return keyNode && value ? [{ key: String(keyNode.value), keyNode, value, node: property }] : [];
  });
}

/** The plain value of a tree. Objects have no prototype: a member named `__proto__` is a member. */
export function plain(node: Node): unknown {
  switch (node.type) {
    case "object": {
      const object = Object.create(null) as Record<string, unknown>;
      for (const { key, value } of members(node)) object[key] = plain(value);
      return object;
    }
    case "array":
      return (node.children ?? []).map(plain);
    default:
      return node.value as unknown;
  }
}
