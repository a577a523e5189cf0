import { expect, it } from "vitest";
import { drawTerminal } from "./terminal.ts";

const OUTPUT = "1. First\nwhy\n$ one <a> & b\nsaid\n\n2. Second\nwhy\n$ two\n";

it("shows the acts that are asked for, without their explanations, and escapes what they hold", () => {
  const texts = [...drawTerminal(OUTPUT, ["1."]).matchAll(/<text[^>]*>(.*)<\/text>/g)].map(([, held]) => held);
  expect(texts).toEqual(["1. First", '<tspan class="prompt">$</tspan> one &lt;a&gt; &amp; b', "said"]);
});

it("refuses to leave out an act that the demo no longer has", () => {
  expect(() => drawTerminal(OUTPUT, ["3."])).toThrow("The demo has no act 3.");
});
