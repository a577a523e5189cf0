import type { Answer } from "../kit/backend.ts";
import type { Ask } from "./ask.ts";
import type { Engine } from "./engine.ts";
import { errors, reply, wrapped } from "./envelope.ts";
import { VERSION } from "./node-status.ts";
import type { VaultState } from "./state.ts";
import type { Token } from "./tokens.ts";

export const MOUNT_INFO = "sys/internal/ui/mounts/";

/** Where a vault tells which mounts somebody may see. https://developer.hashicorp.com/vault/api-docs/system/internal-ui-mounts */
export const MOUNT_LIST = "sys/internal/ui/mounts";

/** The mount a path lies under, longest first. */
export function mountOf(
  path: string,
  mounts: ReadonlyMap<string, Engine>,
): readonly [path: string, engine: Engine] | undefined {
  const found = [...mounts].filter(([mount]) => `${path}/`.startsWith(mount));
  return found.toSorted(([a], [b]) => b.length - a.length)[0];
}

/** What every namespace has by itself, and the type the vault tells of it; inside a namespace with `ns_` in front. */
const INTERNAL: readonly (readonly [path: string, type: string])[] = [
  ["auth/token/", "token"],
  ["cubbyhole/", "cubbyhole"],
  ["identity/", "identity"],
  ["sys/", "system"],
];

interface Told {
  readonly path: string;
  readonly type: string;
  readonly options: Engine["options"];
}

/** What a path lies under, the vault's own API included. The path is a full one. */
function toldOf(path: string, state: VaultState): Told | undefined {
  const namespace = state.seed.namespaces.find((name) => path.startsWith(name)) ?? "";
  const own = INTERNAL.find(([prefix]) => `${path.slice(namespace.length)}/`.startsWith(prefix));
  if (own !== undefined) {
    return { path: `${namespace}${own[0]}`, type: namespace === "" ? own[1] : `ns_${own[1]}`, options: null };
  }
  const [mount, engine] = mountOf(path, state.mounts) ?? [];
  return mount === undefined || engine === undefined
    ? undefined
    : { path: mount, type: engine.type, options: engine.options };
}

/** `sys/internal/ui/mounts/<path>`: which mount serves a path, and in which version. */
export function mountInfo(ask: Ask, asker: Token, state: VaultState): Answer {
  const { mountsEndpoint } = state.settings;
  if (mountsEndpoint === "absent") return errors(404, wrapped("unsupported path"));
  const asked = ask.local.slice(MOUNT_INFO.length);
  const found = toldOf(`${ask.namespace}${asked}`, state);
  // What does not exist and what may not be seen are alike, also to root.
  if (!found || mountsEndpoint === "refused" || !state.policies.reaches(asker.policies, found.path)) {
    const path = asked.endsWith("/") ? asked : `${asked}/`;
    return errors(
      403,
      `preflight capability check returned 403, please ensure client's policies grant access to path "${path}"`,
    );
  }
  const { options, path, type } = found;
  const accessor = `${type}_${Buffer.from(path).toString("hex").slice(0, 8)}`;
  return reply(state.ids, {
    data: {
      accessor,
      config: { default_lease_ttl: 0, force_no_cache: false, max_lease_ttl: 0 },
      deprecation_status: "supported",
      description: "",
      external_entropy_access: false,
      local: false,
      options,
      path: path.slice(ask.namespace?.length ?? 0),
      plugin_version: "",
      running_plugin_version: `v${VERSION}+builtin.bao`,
      running_sha256: "",
      seal_wrap: false,
      type,
      uuid: accessor,
    },
  });
}

/** `sys/internal/ui/mounts`: the mounts that a token's policies reach, of the namespace that is asked. */
export function mountList(ask: Ask, asker: Token, state: VaultState): Answer {
  const { mountsEndpoint } = state.settings;
  if (mountsEndpoint !== "present") return errors(mountsEndpoint === "absent" ? 404 : 403, wrapped("unsupported path"));
  const namespace = ask.namespace ?? "";
  const seen = [...state.mounts].filter(
    ([path]) => path.startsWith(namespace) && state.policies.reaches(asker.policies, path),
  );
  const secret = Object.fromEntries<object>(
    seen.map(([path, { options, type }]) => [path.slice(namespace.length), { type, options, description: "" }]),
  );
  return reply(state.ids, { data: { auth: {}, secret } });
}
