import { describe, expect, it } from "vitest";
import { widthOf } from "../src/view/text.ts";
import { manyRows, overviewOf, ROWS } from "./fake-source.ts";
import { Play } from "./play.ts";

describe("the table", () => {
  it("says each state by a glyph and a word", () => {
    const screen = new Play().screen.join("\n");
    expect(screen).toMatch(/DB +● resolved/);
    expect(screen).toMatch(/API +○ not read/);
    expect(screen).toMatch(/MAIL +✗ expired/);
    expect(screen).toMatch(/aws +✗ expired/);
  });

  it("has all of its columns in 80", () => {
    const head = new Play().screen.find((row) => row.includes("NAME"));
    expect(head).toMatch(/NAME +STATE +CONNECTION +REFERENCE +VERSION +AGE +EXPIRES IN +READS/);
  });

  it("shows the list that has the focus where there is no room for both", () => {
    const play = new Play({ size: { columns: 20, rows: 5 } });
    expect(play.screen.join("\n")).toContain("> DB");
    play.press("j");
    expect(play.screen.join("\n")).toContain("> API");
    play.press("tab", "j");
    expect(play.screen.join("\n")).toMatch(/CONNECT[^]*> aws/);
    play.send({ kind: "mouse", action: "click", row: 2 });
    expect(play.state.connection).toBe("aws");
    play.press("tab");
    expect(play.screen.join("\n")).toContain("> API");
    play.send({ kind: "resize", size: { columns: 80, rows: 24 } });
    expect(play.screen.join("\n")).toMatch(/ hcv +[^]*> API/);
  });

  it("shows a value of one line on the smallest screen", () => {
    const play = new Play({ size: { columns: 20, rows: 5 } });
    play.send({ kind: "value", name: "DB", text: "vlcanary-small", nowMs: 0 });
    expect(play.screen.join("\n")).toContain("vlcanary-small");
  });

  it.each([
    [80, 24],
    [200, 60],
    [40, 10],
    [20, 5],
  ])("fills a screen of %i by %i and no more", (columns, rows) => {
    const { screen } = new Play({ size: { columns, rows }, rows: manyRows(100) });
    expect(screen).toHaveLength(rows);
    expect(Math.max(...screen.map((row) => widthOf(row)))).toBeLessThanOrEqual(columns);
  });

  it("keeps its columns in line behind wide, combined and right-to-left characters", () => {
    const names = ["plain", "数据库密码", "e\u0301te\u0301", "כספת", "👩‍👩‍👧 family"];
    const rows = names.map((name) => ({ ...ROWS[0], name, mood: "good", state: "resolved" }) as const);
    const screen = new Play({ rows }).screen.filter((row) => row.includes("● resolved"));
    expect(screen).toHaveLength(names.length);
    const columns = screen.map((row) => widthOf(row.slice(0, row.indexOf("●"))));
    expect(new Set(columns).size).toBe(1);
  });

  it("has no control character of a name or an error", () => {
    const play = new Play({ rows: [{ ...ROWS[0], name: "\u001b[2JA", mood: "good", state: "resolved" }] });
    play.send({ kind: "failed", problem: { message: "\u001b]0;x\u0007bad", hint: "a\u009b31mb" } });
    expect(play.screen.join("")).not.toMatch(/\p{Cc}/u);
  });

  it("counts ages on, and calls a value expired when its time is over", () => {
    const play = new Play();
    play.send({ kind: "tick", nowMs: 30_000 });
    expect(play.screen.join("\n")).toMatch(/DB +● resolved .* 30 s +30 s/);
    expect(play.taken()).toEqual([]);
    play.send({ kind: "tick", nowMs: 60_000 });
    expect(play.screen.join("\n")).toMatch(/DB +○ expired/);
    expect(play.taken()).toEqual([{ kind: "load" }]);
  });

  it("stays at the selected name when others come and go", () => {
    const play = new Play();
    play.press("j");
    play.load(overviewOf([{ ...ROWS[2], name: "A", mood: "bad", state: "new" }, ...ROWS]));
    expect(play.screen.join("\n")).toContain("> API");
    play.load(overviewOf(ROWS.filter(({ name }) => name !== "API")));
    expect(play.screen.join("\n")).toContain("> DB");
  });

  it("scrolls through 5,000 names, to their end and back", () => {
    const play = new Play({ rows: manyRows(5000) });
    play.press("G");
    expect(play.screen.join("\n")).toContain("> NAME_4999");
    play.press("g");
    expect(play.screen.join("\n")).toContain("> NAME_0 ");
    play.press("page-down");
    expect(play.screen.join("\n")).toMatch(/> NAME_\d\d /);
    play.type("/4321");
    expect(play.screen.join("\n")).toContain("> NAME_4321");
  });
});
