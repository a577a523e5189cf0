import { describe, expect, it } from "vitest";
import { commands } from "../src/state/commands.ts";
import { Play } from "./play.ts";

describe("keys", () => {
  it("each have a line in the help, and so does each command", () => {
    const play = new Play({ size: { columns: 100, rows: 40 } });
    play.press("?");
    const screen = play.screen.join("\n");
    for (const { word, key = "" } of commands()) expect(screen).toMatch(new RegExp(`^ +[${key}] +:${word}`, "m"));
  });

  it("j, k, arrows, g, G and the wheel move", () => {
    const play = new Play();
    const at = (): string => /> (\w+)/.exec(play.screen.join("\n"))?.[1] ?? "";
    const seen = ["j", "down", "j", "k", "up", "G", "g"].map((key) => (play.press(key), at()));
    expect(seen).toEqual(["API", "MAIL", "MAIL", "API", "DB", "MAIL", "DB"]);
    play.send({ kind: "mouse", action: "down", row: 0 });
    expect(at()).toBe("MAIL");
    play.send({ kind: "mouse", action: "click", row: play.screen.findIndex((row) => row.includes("API")) });
    expect(at()).toBe("API");
    play.send({ kind: "mouse", action: "click", row: play.screen.findIndex((row) => row.startsWith("  aws")) });
    expect(at()).toBe("aws");
  });

  it("of a connection act on it: Tab goes there, Enter to its links", () => {
    const play = new Play();
    play.press("tab", "j", "a");
    expect(play.taken()).toEqual([{ kind: "sign-in", connection: "aws" }]);
    play.press("escape", "enter");
    expect(play.screen.join("\n")).toContain("> MAIL");
  });

  it("ask for a value, which goes after 30 seconds", () => {
    const play = new Play();
    play.press("v");
    expect(play.taken()).toEqual([{ kind: "reveal", name: "DB" }]);
    play.send({ kind: "value", name: "DB", text: "vlcanary-shown\nline two", nowMs: 1000 });
    expect(play.screen.join("\n")).toMatch(/vlcanary-shown\n *line two/);
    play.send({ kind: "tick", nowMs: 30_999 });
    expect(play.screen.join("\n")).toContain("vlcanary-");
    play.send({ kind: "tick", nowMs: 31_000 });
    expect(play.screen.join("\n")).not.toContain("vlcanary-");
  });

  it("show what drives a terminal in a value, instead of obeying it", () => {
    const play = new Play();
    play.send({ kind: "value", name: "DB", text: "vlcanary-\u001b[2J\u009b\u202e", nowMs: 0 });
    expect(play.screen.join("\n")).toContain("vlcanary-␛[2J��");
  });

  it("copy a value, which is taken out of the clipboard after 30 seconds and never shown", () => {
    const play = new Play();
    play.press("y");
    expect(play.taken()).toEqual([{ kind: "copy", name: "DB" }]);
    play.send({ kind: "copied", name: "DB", nowMs: 0 });
    play.send({ kind: "tick", nowMs: 29_999 });
    expect(play.taken()).toEqual([]);
    play.send({ kind: "tick", nowMs: 30_000 });
    expect(play.taken()).toEqual([{ kind: "clear-clipboard" }]);
  });

  it("link a name, with a reference that is typed", () => {
    const play = new Play();
    play.press("n");
    play.type("NEW");
    play.press("enter");
    play.type("hcv://secret/new#x");
    play.press("enter");
    expect(play.taken()).toEqual([{ kind: "link", name: "NEW", reference: "hcv://secret/new#x" }]);
  });

  it("choose a reference from what a connection has, folder by folder", () => {
    const play = new Play();
    play.press("n");
    play.type("NEW");
    play.press("enter", "tab");
    play.type("hcv");
    play.press("enter");
    expect(play.taken()).toEqual([{ kind: "list", connection: "hcv", prefix: "" }]);
    play.send({ kind: "entries", connection: "hcv", prefix: "", entries: [{ label: "app/", prefix: "app/" }] });
    play.press("enter");
    expect(play.taken()).toEqual([{ kind: "list", connection: "hcv", prefix: "app/" }]);
    const entries = [
      { label: "api", reference: "hcv://app/api" },
      { label: "db", reference: "hcv://app/db" },
    ];
    play.send({ kind: "entries", connection: "hcv", prefix: "app/", entries });
    play.press("down", "enter");
    expect(play.taken()).toEqual([{ kind: "fields", reference: "hcv://app/db" }]);
    const fields = ["user", "password"].map((name) => ({ label: name, reference: `hcv://app/db#${name}` }));
    play.send({ kind: "fields", reference: "hcv://app/db", entries: fields });
    play.type("pass");
    play.press("enter", "enter");
    expect(play.taken()).toEqual([{ kind: "link", name: "NEW", reference: "hcv://app/db#password" }]);
  });

  it("go back from a folder to the one above, to the connections, to typing, to the table", () => {
    const play = new Play();
    play.press("e", "tab", "enter");
    play.send({ kind: "entries", connection: "hcv", prefix: "", entries: [{ label: "app/", prefix: "app/" }] });
    play.press("enter", "escape");
    expect(play.taken().at(-1)).toEqual({ kind: "list", connection: "hcv", prefix: "" });
    play.press("escape");
    expect(play.screen.join("\n")).toContain("choose from Connection");
    play.press("escape");
    expect(play.screen.join("\n")).toContain("DB: reference: hcv://secret/db#password");
    play.press("escape");
    expect(play.state.panel.kind).toBe("table");
  });

  it("relink only what was read and agreed to", () => {
    const play = new Play();
    play.press("e", "erase");
    play.type("aws://other");
    play.press("enter");
    const [effect] = play.taken();
    expect(effect).toMatchObject({ kind: "verify", reference: "aws://other" });
    if (effect?.kind !== "verify") throw new Error("Nothing was read.");
    play.send({ kind: "verified", effect, verified: { version: "7" } });
    expect(play.screen.join("\n")).toMatch(/was {2}hcv:\/\/secret\/db#password\n *now {2}aws:\/\/other\n.*version 7/);
    play.press("n");
    expect(play.taken()).toEqual([]);
    play.send({ kind: "verified", effect, verified: {} });
    play.press("y");
    expect(play.taken()).toEqual([{ kind: "relink", name: "DB", reference: "aws://other" }]);
  });

  it("answer a sign-in without showing a secret, and Esc cancels it", () => {
    const play = new Play();
    play.type(":reauth hcv");
    play.press("enter");
    play.send({ kind: "asked", question: { label: "hcv: Token", secret: true } });
    play.send({ kind: "paste", text: "vlcanary-pasted\n" });
    expect(play.screen.join("\n")).toContain("hcv: Token");
    expect(play.screen.join("\n")).not.toContain("vlcanary-");
    play.press("enter");
    expect(play.taken()).toEqual([
      { kind: "sign-in", connection: "hcv" },
      { kind: "answer", text: "vlcanary-pasted" },
    ]);
    play.press("escape");
    expect(play.taken()).toEqual([{ kind: "cancel" }]);
    expect(JSON.stringify(play.state)).not.toContain("vlcanary-");
  });

  it("of a sign-in leave the table at hand, and none becomes the answer to a question that comes meanwhile", () => {
    const play = new Play();
    perform(play, "reauth hcv");
    play.press("tab", "/");
    play.type("vlcanary-");
    play.send({ kind: "asked", question: { label: "hcv: Token", secret: true } });
    play.type("filter");
    expect(play.screen.join("\n")).toContain("/vlcanary-filter");
    play.press("escape");
    expect(play.screen.join("\n")).toContain("signing in to hcv, which asks something: a shows it");
    play.press("a");
    play.type("vlcanary-answer");
    play.press("enter");
    expect(play.taken()).toEqual([
      { kind: "sign-in", connection: "hcv" },
      { kind: "answer", text: "vlcanary-answer" },
    ]);
    play.press("tab");
    play.send({ kind: "asked", question: { label: "hcv: Code", secret: false } });
    expect(play.screen.join("\n")).toContain("hcv: Code:");
    play.press("interrupt");
    expect(play.taken()).toEqual([{ kind: "cancel" }]);
    play.press("interrupt");
    expect(play.taken()).toEqual([{ kind: "quit" }]);
  });

  it("that are pasted do nothing at the table", () => {
    const play = new Play();
    play.send({ kind: "paste", text: "vRxyq" });
    expect([play.taken(), play.state.panel.kind]).toEqual([[], "table"]);
  });

  it("begin one thing at a time, and Esc cancels it", () => {
    const play = new Play();
    play.press("v", "r");
    expect(play.taken()).toEqual([{ kind: "reveal", name: "DB" }]);
    expect(play.screen.join("\n")).toContain("reading DB");
    play.press("escape", "r");
    expect(play.taken()).toEqual([{ kind: "cancel" }, { kind: "reset", scope: { name: "DB" } }]);
  });

  it("begin what changes something, and Esc does not say that it is cancelled: it goes on, and is told", () => {
    const play = new Play();
    play.press("r", "escape");
    expect(play.taken()).toEqual([{ kind: "reset", scope: { name: "DB" } }]);
    expect(play.screen.join("\n")).toContain("This cannot be stopped any more: dropping the value of DB.");
    play.send({ kind: "done", text: "Values dropped: 1." });
    expect(play.screen.join("\n")).toContain("Values dropped: 1.");
  });

  it.each(["n", "e", "u", "r", "R", "t", "a", "x"])("%s changes nothing in a read-only window", (key) => {
    const play = new Play({ settings: { readonly: true, mouse: true } });
    play.press(key);
    expect([play.taken(), play.state.panel.kind]).toEqual([[], "table"]);
    expect(play.screen.join("\n")).toContain("read-only");
  });

  it("behind : do the same by words", () => {
    const play = new Play();
    for (const line of ["ttl 45", "reset hcv", "reset-all", "mouse off", "quit"]) {
      perform(play, line);
      play.send({ kind: "failed", problem: { message: "" } });
    }
    expect(play.taken().filter(({ kind }) => kind !== "load")).toEqual([
      { kind: "ttl", text: "45" },
      { kind: "reset", scope: { connection: "hcv" } },
      { kind: "reset", scope: undefined },
      { kind: "mouse", on: false },
      { kind: "quit" },
    ]);
  });

  it.each([
    ["disco", "did you mean disconnect?"],
    ["copy NOBODY", "No link has this name."],
    ["reauth nowhere", "There is no connection of this name."],
    ["link DB hcv://x", "DB is linked already"],
  ])("behind : say what is wrong with %s", (line, told) => {
    const play = new Play();
    perform(play, line);
    expect(play.screen.join("\n")).toContain(told);
    expect(play.taken()).toEqual([]);
  });

  it("unlink only what was agreed to", () => {
    const play = new Play();
    perform(play, "unlink MAIL");
    play.press("n");
    expect(play.taken()).toEqual([]);
    perform(play, "unlink MAIL");
    play.press("y");
    expect(play.taken()).toEqual([{ kind: "unlink", name: "MAIL" }]);
  });
});

function perform(play: Play, line: string): void {
  play.press(":");
  play.type(line);
  play.press("enter");
}
