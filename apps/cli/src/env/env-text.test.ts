import { expect, it } from "vitest";
import { parseEnvText } from "./env-text.ts";

it.each<[string, Record<string, string>]>([
  ["A=hcv://db#password", { A: "hcv://db#password" }],
  ["\ufeffA=hcv://db#password\r\nB=2\r\n", { A: "hcv://db#password", B: "2" }],
  ["  export A = hcv://db?version=3#/a/b # comment", { A: "hcv://db?version=3#/a/b" }],
  ["A=hcv://db # comment", { A: "hcv://db" }],
  ["A=hcv://db #comment", { A: "hcv://db" }],
  ["A='hcv://db#x'\nB=\"hcv://db#y\"", { A: "hcv://db#x", B: "hcv://db#y" }],
  ["A=1 # hcv://db#x", { A: "1" }],
  ["# A=hcv://db#x\nA=2", { A: "2" }],
  ["A=hcv://db#x\nA=2", { A: "2" }],
  ["A=2\nA=hcv://db#x", { A: "hcv://db#x" }],
  ["A='\nB=hcv://db#x\n'\nB=3", { A: "\nB=hcv://db#x\n", B: "3" }],
  ["A=https://example.com/#top", { A: "https://example.com/#top" }],
  ["A=word#comment", { A: "word" }],
])("%j", (text, variables) => expect(parseEnvText(text)).toEqual(variables));
