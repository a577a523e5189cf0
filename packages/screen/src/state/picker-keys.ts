import type { Entry } from "../source.ts";
import { edited, lineOf } from "./edit.ts";
import { distance, moved } from "./moves.ts";
import { connectionsOf } from "./rows.ts";
import { say, step } from "./step.ts";
import type { Event, Key, LinkChange, Picker, ScreenState, Step } from "./state.ts";

/** Opens the choice of a reference: of a connection first, where there are several. */
export function openPicker(state: ScreenState, link: LinkChange): Step {
  const [only, ...others] = connectionsOf(state);
  if (only === undefined) return step(say(state, "There is no connection to choose from.", "bad"));
  const picker: Picker = {
    ...{
      link,
      connection: undefined,
      prefix: "",
      document: undefined,
      entries: undefined,
      filter: "",
      selected: 0,
      problem: undefined,
    },
  };
  return others.length === 0 ? list(state, picker, only.name, "") : step(show(state, picker));
}

/** What can be chosen now: connections, or what one of them has. */
export function choices(state: ScreenState, picker: Picker): readonly Entry[] {
  const all =
    picker.connection === undefined
      ? connectionsOf(state).map(({ name }) => ({ label: name, prefix: "" }))
      : (picker.entries ?? []);
  const words = picker.filter.toLowerCase().split(/\s+/);
  return all.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
}

/** Takes a key while a reference is chosen. */
export function takePickerKey(state: ScreenState, picker: Picker, key: Key): Step {
  const all = choices(state, picker);
  if (key.name === "escape") return back(state, picker);
  if (key.name === "enter") return choose(state, picker, all[picker.selected]);
  const isMove = key.name === "up" || key.name === "down" || key.name === "page-up" || key.name === "page-down";
  const by = isMove ? distance(key, 10) : undefined;
  if (by !== undefined) return step(show(state, { ...picker, selected: moved(picker.selected, by, all.length) }));
  const line = edited(lineOf(picker.filter), key);
  return line === undefined ? step(state) : step(show(state, { ...picker, filter: line.text, selected: 0 }));
}

function choose(state: ScreenState, picker: Picker, chosen: Entry | undefined): Step {
  if (chosen === undefined) return step(state);
  if (picker.connection === undefined) return list(state, picker, chosen.label, "");
  if (chosen.reference === undefined) return list(state, picker, picker.connection, chosen.prefix ?? "");
  if (picker.document !== undefined) return toEntry(state, picker.link, chosen.reference);
  const next = { ...picker, document: chosen.reference, entries: undefined, filter: "", selected: 0 };
  return step(show(state, next), { kind: "fields", reference: chosen.reference });
}

/** Takes the fields of a document: where there are none to choose from, it is linked as a whole. */
export function takeFields(state: ScreenState, picker: Picker, { reference, entries }: Fields): Step {
  if (picker.document !== reference) return step(state);
  if (entries.length === 0) return toEntry(state, picker.link, reference);
  return step(show(state, { ...picker, entries }));
}

type Fields = Event & { readonly kind: "fields" };

/** One step back: to the folder above, to the connections, to typing. */
function back(state: ScreenState, picker: Picker): Step {
  if (picker.filter !== "") return step(show(state, { ...picker, filter: "", selected: 0 }));
  if (picker.connection !== undefined && picker.document !== undefined) {
    return list(state, picker, picker.connection, picker.prefix);
  }
  if (picker.connection !== undefined && picker.prefix !== "") {
    const above = picker.prefix.replace(/\/$/, "").split("/").slice(0, -1);
    return list(state, picker, picker.connection, above.map((part) => `${part}/`).join(""));
  }
  if (picker.connection !== undefined && connectionsOf(state).length > 1) return openPicker(state, picker.link);
  return toEntry(state, picker.link, picker.link.kind === "relink" ? (picker.link.was ?? "") : "");
}

function toEntry(state: ScreenState, link: LinkChange, text: string): Step {
  const entry = { label: "Reference", ...lineOf(text), purpose: { kind: "reference", link } } as const;
  return step({ ...state, panel: { kind: "entry", entry } });
}

function list(state: ScreenState, picker: Picker, connection: string, prefix: string): Step {
  const next = {
    ...picker,
    connection,
    prefix,
    document: undefined,
    entries: undefined,
    filter: "",
    selected: 0,
    problem: undefined,
  };
  return step(show(state, next), { kind: "list", connection, prefix });
}

const show = (state: ScreenState, picker: Picker): ScreenState => ({ ...state, panel: { kind: "picker", picker } });
