import type { Detail, Entry, Overview, Problem, ResetScope, Verified } from "../source.ts";

/** How long a value stays on the screen, or in the clipboard, in ms. */
export const SHOWN_MS = 30_000;

/** Everything the window is at one moment. What it looks like follows from this alone. */
export interface ScreenState {
  readonly size: Size;
  /** Ms since the epoch. */
  readonly nowMs: number;
  readonly settings: Settings;
  /** Absent until it was read once. */
  readonly overview: Overview | undefined;
  /** When it was read. */
  readonly readAtMs: number;
  readonly focus: Focus;
  /** The name of the selected link, and of the selected connection. */
  readonly link: string | undefined;
  readonly connection: string | undefined;
  /** The first row of the links, and of the connections, that is on the screen. */
  readonly top: number;
  readonly connectionTop: number;
  readonly filter: string;
  readonly panel: Panel;
  readonly notice: Notice | undefined;
  /** What is being done, in words. */
  readonly work: string | undefined;
  /** Whether Esc stops that: what changes something goes on to its end, and what came of it is told. */
  readonly isStoppable: boolean;
  /** The sign-in that is being done, if that is it; it may go on behind the table. */
  readonly signIn: SignIn | undefined;
  /** The link whose value the clipboard has, and until when, in ms since the epoch. */
  readonly copied: { readonly name: string; readonly untilMs: number } | undefined;
  /** Whether the window has ended. */
  readonly ended: boolean;
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What the window may do. */
export interface Settings {
  /** Changes nothing. */
  readonly readonly: boolean;
  readonly mouse: boolean;
}

export type Focus = "links" | "connections";

export interface Notice {
  readonly text: string;
  readonly mood: "good" | "bad" | "plain";
}

/** What is open before the table. */
export type Panel =
  | { readonly kind: "table" }
  | { readonly kind: "help"; readonly top: number }
  | {
      readonly kind: "details";
      readonly name: string;
      readonly details: readonly Detail[] | undefined;
      readonly top: number;
    }
  | { readonly kind: "value"; readonly name: string; readonly text: string; readonly untilMs: number }
  | { readonly kind: "entry"; readonly entry: TextEntry }
  | { readonly kind: "picker"; readonly picker: Picker }
  | { readonly kind: "confirm"; readonly confirm: Confirm }
  | { readonly kind: "sign-in" };

/** A line that a person types. */
export interface TextEntry {
  readonly label: string;
  readonly text: string;
  /** Where the next character goes, counted in characters a person sees. */
  readonly cursor: number;
  readonly purpose: Purpose;
  /** Why what was typed before does not do. */
  readonly problem?: string;
}

/** What a typed line is for. */
export type Purpose =
  | { readonly kind: "filter" }
  | { readonly kind: "command" }
  | { readonly kind: "ttl" }
  | { readonly kind: "name" }
  | { readonly kind: "reference"; readonly link: LinkChange };

/** A name that is to stand for something, or for something else than `was`. */
export type LinkChange =
  | { readonly kind: "link"; readonly name: string }
  | { readonly kind: "relink"; readonly name: string; readonly was: string | undefined };

/** Where a reference is chosen from what there is. */
export interface Picker {
  readonly link: LinkChange;
  /** Absent while the connection itself is being chosen. */
  readonly connection: string | undefined;
  readonly prefix: string;
  /** The reference of the document whose fields are chosen from; absent while documents are. */
  readonly document: string | undefined;
  /** Absent until they are known. */
  readonly entries: readonly Entry[] | undefined;
  readonly filter: string;
  readonly selected: number;
  readonly problem: Problem | undefined;
}

/** Something a person agrees to, or not. */
export interface Confirm {
  readonly question: string;
  readonly lines: readonly string[];
  readonly effect: Effect;
  readonly work: string;
}

/** A sign-in that is under way. */
export interface SignIn {
  readonly connection: string;
  readonly lines: readonly string[];
  /** The address of the page to sign in on. */
  readonly page: string | undefined;
  /** What the person is asked now. */
  readonly question: { readonly label: string; readonly secret: boolean } | undefined;
  readonly text: string;
  readonly cursor: number;
}

/** What is to be done outside of the state. */
export type Effect =
  | { readonly kind: "load" }
  | { readonly kind: "details"; readonly name: string }
  | { readonly kind: "reveal"; readonly name: string }
  | { readonly kind: "copy"; readonly name: string }
  | { readonly kind: "clear-clipboard" }
  | { readonly kind: "list"; readonly connection: string; readonly prefix: string }
  | { readonly kind: "fields"; readonly reference: string }
  | { readonly kind: "verify"; readonly link: LinkChange & { readonly kind: "relink" }; readonly reference: string }
  | { readonly kind: "link"; readonly name: string; readonly reference: string }
  | { readonly kind: "relink"; readonly name: string; readonly reference: string }
  | { readonly kind: "unlink"; readonly name: string }
  | { readonly kind: "reset"; readonly scope: ResetScope | undefined }
  | { readonly kind: "ttl"; readonly text: string }
  | { readonly kind: "sign-in"; readonly connection: string }
  | { readonly kind: "answer"; readonly text: string }
  | { readonly kind: "copy-page"; readonly page: string }
  | { readonly kind: "cancel" }
  | { readonly kind: "disconnect"; readonly connection: string }
  | { readonly kind: "mouse"; readonly on: boolean }
  | { readonly kind: "quit" };

/** What comes to the window: from the person, the terminal, the clock, or what was done. */
export type Event =
  | { readonly kind: "key"; readonly key: Key }
  | { readonly kind: "paste"; readonly text: string }
  | { readonly kind: "mouse"; readonly action: "click" | "up" | "down"; readonly row: number }
  | { readonly kind: "resize"; readonly size: Size }
  | { readonly kind: "tick"; readonly nowMs: number }
  | { readonly kind: "changed" }
  | { readonly kind: "loaded"; readonly overview: Overview; readonly nowMs: number }
  | { readonly kind: "details"; readonly name: string; readonly details: readonly Detail[] }
  | { readonly kind: "value"; readonly name: string; readonly text: string; readonly nowMs: number }
  | { readonly kind: "copied"; readonly name: string; readonly nowMs: number }
  | {
      readonly kind: "entries";
      readonly connection: string;
      readonly prefix: string;
      readonly entries: readonly Entry[];
    }
  | { readonly kind: "fields"; readonly reference: string; readonly entries: readonly Entry[] }
  | { readonly kind: "unlisted"; readonly problem: Problem }
  | { readonly kind: "verified"; readonly effect: Effect & { readonly kind: "verify" }; readonly verified: Verified }
  | { readonly kind: "asked"; readonly question: { readonly label: string; readonly secret: boolean } }
  | { readonly kind: "told"; readonly text: string }
  | { readonly kind: "opened"; readonly page: string }
  | { readonly kind: "done"; readonly text: string }
  | { readonly kind: "failed"; readonly problem: Problem }
  | { readonly kind: "unread"; readonly problem: Problem };

/** A key: a character, or the name of one. */
export interface Key {
  /** What it types; `""` for a key that types nothing. */
  readonly text: string;
  readonly name?:
    | "up"
    | "down"
    | "left"
    | "right"
    | "page-up"
    | "page-down"
    | "home"
    | "end"
    | "enter"
    | "escape"
    | "tab"
    | "backspace"
    | "delete"
    | "interrupt"
    | "erase";
}

/** What an event leads to. */
export interface Step {
  readonly state: ScreenState;
  readonly effects: readonly Effect[];
}

export const TABLE: Panel = { kind: "table" };

/** The window as it opens. */
export function initialState(size: Size, nowMs: number, settings: Settings): ScreenState {
  return {
    ...{ size, nowMs, settings, panel: TABLE, focus: "links", filter: "", top: 0, connectionTop: 0, readAtMs: nowMs },
    ...{ overview: undefined, link: undefined, connection: undefined, notice: undefined },
    ...{ work: undefined, isStoppable: false, signIn: undefined, copied: undefined, ended: false },
  };
}
