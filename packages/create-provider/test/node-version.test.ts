import { describe, expect, it } from "vitest";
import { refusalOfNode } from "../src/node-version.ts";

describe("Node's version", () => {
  it.each(["20.20.2", "22.11.0", "18.0.0"])("%s is refused in one line that says which is needed", (version) => {
    const said = refusalOfNode(version);
    expect(said).toContain("Node 22.12 or newer");
    expect(said).toContain(version);
    expect(said).not.toContain("\n");
  });

  it.each(["22.12.0", "22.18.1", "23.0.0", "24.11.0", "26.0.0"])("%s will do", (version) => {
    expect(refusalOfNode(version)).toBeUndefined();
  });
});
