import type { Configuration } from "../config/load.ts";
import { namedBy } from "../plugins.ts";
import { codeStateOf } from "../third-party/code-state.ts";
import { type Inspected, isSamePin, locateCode, type NamedBy, pinFor } from "../third-party/inspect.ts";
import { pinOf } from "../third-party/pin.ts";
import { type ThirdParty, thirdPartyOf } from "../third-party/source.ts";

interface Named {
  readonly connection: string;
  readonly source: ThirdParty;
  readonly by: NamedBy;
}

/** What the code of all connections' providers is now, without reading it: it changes whenever any of it does. */
export async function codeState(configuration: Configuration): Promise<string> {
  const states = namedCode(configuration).map(async ({ source, by }) => {
    const code = located(source, by);
    return code === undefined ? "-" : `${code.key} ${await codeStateOf(code.folders, code.at)}`;
  });
  return (await Promise.all(states)).join("\n");
}

/** The connections whose provider's code was trusted, and is no longer what was. */
export async function changedCode(configuration: Configuration): Promise<readonly string[]> {
  const looked = namedCode(configuration).map(async ({ connection, source, by }) => {
    const code = located(source, by);
    const pin = code && pinOf(by.pins, code.key);
    if (code === undefined || pin === undefined) return [];
    const now = await pinFor(code).catch(() => undefined);
    return now !== undefined && isSamePin(pin, now) ? [] : [connection];
  });
  return (await Promise.all(looked)).flat();
}

function namedCode(configuration: Configuration): readonly Named[] {
  return [...configuration.connections].flatMap(([connection, { entry, origin }]) => {
    const source = thirdPartyOf(entry.provider);
    return source === undefined ? [] : [{ connection, source, by: namedBy(configuration, origin, connection) }];
  });
}

/** Where there is none, loading it says what is wrong. */
function located(source: ThirdParty, by: NamedBy): Inspected | undefined {
  try {
    return locateCode(source, by);
  } catch {
    return undefined;
  }
}
