import { lineOf } from "./edit.ts";
import { connectionsOf, linksOf, namesOf, selectedConnection, selectedLink } from "./rows.ts";
import type { Purpose, ScreenState, Step } from "./state.ts";
import { begin, say, step } from "./step.ts";

/** The link that is named, else the selected one. */
function withLink(state: ScreenState, given: string | undefined, work: (name: string) => Step): Step {
  if (given === undefined) {
    const row = selectedLink(state);
    return row === undefined ? step(say(state, "There is no link yet; n links a name.", "bad")) : work(row.name);
  }
  const isLinked = state.overview?.links.some(({ name }) => name === given) === true;
  return isLinked ? work(given) : step(say(state, "No link has this name.", "bad"));
}

/** The connection that is named, else the selected one, or that of the selected link. */
function withConnection(state: ScreenState, given: string | undefined, work: (name: string) => Step): Step {
  if (given !== undefined) {
    const isKnown = connectionsOf(state).some(({ name }) => name === given);
    return isKnown ? work(given) : step(say(state, "There is no connection of this name.", "bad"));
  }
  if (state.focus === "connections") {
    const row = selectedConnection(state);
    return row === undefined
      ? step(say(state, "There is no connection yet: vaultlink connect", "bad"))
      : work(row.name);
  }
  const connection = selectedLink(state)?.connection;
  if (connection !== undefined) return work(connection);
  return step(say(state, "The link does not say which connection it uses; Tab goes to the connections.", "bad"));
}

/** Shows what is known of a link. */
export function details(state: ScreenState, [given]: readonly string[]): Step {
  return withLink(state, given, (name) =>
    step(
      { ...state, notice: undefined, panel: { kind: "details", name, details: undefined, top: 0 } },
      { kind: "details", name },
    ),
  );
}

const entry = (state: ScreenState, label: string, text: string, purpose: Purpose): Step =>
  step({ ...state, notice: undefined, panel: { kind: "entry", entry: { label, ...lineOf(text), purpose } } });

/** Asks for what is missing, and links a new name. */
export function link(state: ScreenState, [name, reference]: readonly string[]): Step {
  if (name === undefined) return entry(state, "Name", "", { kind: "name" });
  if (state.overview?.links.some((row) => row.name === name) === true) {
    return step(say(state, `${name} is linked already; e points it elsewhere.`, "bad"));
  }
  if (reference !== undefined) return begin(state, `linking ${name}`, { kind: "link", name, reference });
  return entry(state, "Reference", "", { kind: "reference", link: { kind: "link", name } });
}

/** Asks for the new reference, and reads it before it is agreed to. */
export function relink(state: ScreenState, [given, reference]: readonly string[]): Step {
  return withLink(state, given, (name) => {
    const was = linksOf({ ...state, filter: "" }).find((row) => row.name === name)?.reference;
    const change = { kind: "relink", name, was } as const;
    if (reference === undefined) return entry(state, "Reference", was ?? "", { kind: "reference", link: change });
    return begin(state, `reading ${reference}`, { kind: "verify", link: change, reference });
  });
}

/** Asks, and forgets a name. */
export function unlink(state: ScreenState, [given]: readonly string[]): Step {
  return withLink(state, given, (name) =>
    step({
      ...state,
      notice: undefined,
      panel: {
        kind: "confirm",
        confirm: {
          question: `Unlink ${name}?`,
          lines: ["The name is forgotten. What it stands for stays at its vault."],
          effect: { kind: "unlink", name },
          work: `unlinking ${name}`,
        },
      },
    }),
  );
}

/** Drops what is kept of a link or of a connection. */
export function reset(state: ScreenState, [given]: readonly string[]): Step {
  const byConnection =
    given === undefined ? state.focus === "connections" : connectionsOf(state).some(({ name }) => name === given);
  if (byConnection) {
    return withConnection(state, given, (connection) =>
      begin(state, `dropping values of ${connection}`, { kind: "reset", scope: { connection } }),
    );
  }
  return withLink(state, given, (name) =>
    begin(state, `dropping the value of ${name}`, { kind: "reset", scope: { name } }),
  );
}

/** Drops everything that is kept. */
export const resetAll = (state: ScreenState): Step =>
  begin(state, "dropping every value", { kind: "reset", scope: undefined });

/** Asks how long values are kept, or sets it. */
export function ttl(state: ScreenState, [text]: readonly string[]): Step {
  if (text !== undefined) return begin(state, "setting how long values are kept", { kind: "ttl", text });
  return entry(state, "Keep values for (45, 90m, 2h; 0 keeps none)", String(state.overview?.ttl ?? ""), {
    kind: "ttl",
  });
}

/** Signs in to a connection again. */
export function reauth(state: ScreenState, [given]: readonly string[]): Step {
  return withConnection(state, given, (connection) => {
    if (state.signIn?.connection === connection) return step({ ...state, panel: { kind: "sign-in" } });
    const begun = begin(state, `signing in to ${connection}`, { kind: "sign-in", connection });
    if (begun.effects.length === 0) return begun;
    const signIn = { connection, lines: [], page: undefined, question: undefined, text: "", cursor: 0 };
    return step({ ...begun.state, signIn, panel: { kind: "sign-in" } }, ...begun.effects);
  });
}

/** Tells which names will be unresolved, asks, and disconnects. */
export function disconnect(state: ScreenState, [given]: readonly string[]): Step {
  return withConnection(state, given, (connection) => {
    const names = namesOf(connection, state);
    const lines = names.length === 0 ? ["No link uses it."] : [`Unresolved from then on (${names.length}):`, ...names];
    return step({
      ...state,
      notice: undefined,
      panel: {
        kind: "confirm",
        confirm: {
          question: `Disconnect ${connection}?`,
          lines,
          effect: { kind: "disconnect", connection },
          work: `disconnecting ${connection}`,
        },
      },
    });
  });
}

/** Shows a value for a while. */
export function showValue(state: ScreenState, [given]: readonly string[]): Step {
  return withLink(state, given, (name) => begin(state, `reading ${name}`, { kind: "reveal", name }));
}

/** Hands a value to the clipboard for a while. */
export function copy(state: ScreenState, [given]: readonly string[]): Step {
  return withLink(state, given, (name) => begin(state, `reading ${name}`, { kind: "copy", name }));
}

/** Switches the mouse on or off. */
export function mouse(state: ScreenState, [given]: readonly string[]): Step {
  const on = given === undefined ? !state.settings.mouse : given === "on";
  const settings = { ...state.settings, mouse: on };
  return step(say({ ...state, settings }, `The mouse is ${on ? "on" : "off"}.`), { kind: "mouse", on });
}

/** Shows the keys. */
export const help = (state: ScreenState): Step => step({ ...state, panel: { kind: "help", top: 0 } });

/** Closes the window. */
export const quit = (state: ScreenState): Step => step({ ...state, ended: true }, { kind: "quit" });
