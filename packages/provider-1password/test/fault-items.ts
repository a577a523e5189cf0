import { CANARY, type SeedItem } from "@vaultlink/stand-ins";

type Fields = SeedItem["sections"][number]["fields"];

const field = (id: string, label: string): Fields[number] => ({ id, label, value: `${CANARY}${id}` });
const section = (id: string, title: string, ...fields: Fields): SeedItem["sections"][number] => ({ id, title, fields });
const outside = (...fields: Fields): SeedItem["sections"][number] => ({ fields });

/** A title that looks like an id, and none of the vendor's. */
export const TITLE = "abcdefghijklmnopqrstuvwxyz";
export const TITLE_WITH_9 = "9bcdefghijklmnopqrstuvwxyz";

/** Items whose names are made to be taken for each other. */
export const ITEMS: readonly SeedItem[] = [
  {
    title: "cross",
    sections: [section("aaa", "bbb", field("f1", "x")), section("bbb", "ccc", field("f2", "x"), field("f3", "y"))],
  },
  { title: "cross one", sections: [section("aaa", "bbb", field("f1", "x")), section("bbb", "ccc", field("f2", "y"))] },
  { title: "inside and outside", sections: [outside(field("f0", "x")), section("bbb", "ccc", field("f2", "x"))] },
  { title: "outside twice", sections: [outside(field("f0", "x"), field("f1", "x"))] },
  { title: "blanks", sections: [section("a b", "A", field("f 1", "x"), field("f 2", "x"))] },
  { title: "label and id", sections: [outside(field("pw", "x"), field("f1", "pw"))] },
  { title: "same title", sections: [section("s1", "T", field("a1", "x")), section("s2", "T", field("a2", "y"))] },
  {
    title: "field and file",
    sections: [section("s1", "T", field("a1", "a.txt"))],
    files: [{ name: "a.txt", content: `${CANARY}file` }],
  },
  {
    title: "two files",
    sections: [],
    files: [1, 2].map((byte) => ({ name: "b.bin", content: [255, byte] })),
  },
  { title: TITLE, sections: [outside(field("t1", "p"))] },
  { title: TITLE_WITH_9, sections: [outside(field("t2", "p"))] },
];

/** What a reference must give, whoever is asked: the id of a field, or the code and the ids that are shown. */
export const RIGHT: Readonly<Record<string, string>> = {
  "cross/bbb/x": "ambiguous: aaa/f1, bbb/f2.",
  "cross/x": "ambiguous: aaa/f1, bbb/f2.",
  "cross/bbb/y": "f3",
  "cross one/bbb/x": "f1",
  "cross one/bbb/y": "f2",
  "inside and outside/x": "f0",
  "inside and outside/ccc/x": "f2",
  "inside and outside/add more/x": "f0",
  "outside twice/x": "ambiguous: f0, f1.",
  "outside twice/add more/x": "ambiguous: f0, f1.",
  "outside twice/f1": "f1",
  "blanks/x": "ambiguous: a b/f 1, a b/f 2.",
  "blanks/a b/f 2": "f 2",
  "label and id/pw": "ambiguous: pw, f1.",
  "same title/T/x": "a1",
  "same title/T/y": "a2",
  [`${TITLE}/p`]: "t1",
  [`${TITLE.toUpperCase()}/p`]: "t1",
  [`${TITLE_WITH_9}/p`]: "t2",
  [`${TITLE.replace("a", "b")}/p`]: "not_found",
  "cross/none/x": "not_found",
};
