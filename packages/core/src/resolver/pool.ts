import { Fingerprints } from "../connection/config.ts";
import { LoadedProvider } from "./loaded-provider.ts";
import type { ConnectionHandle } from "./connection-handle.ts";
import type { NamedConnection } from "./named-connection.ts";

/** The connections that a vault and its views share, by name and fingerprint. */
export class Pool {
  readonly fingerprints: Fingerprints = new Fingerprints();
  #closed = false;
  readonly #handles = new Map<string, Map<string, ConnectionHandle>>();
  readonly #loaded = new Map<string, LoadedProvider>();
  /** The connections of each open view, by name. */
  readonly #views = new Set<ReadonlyMap<string, NamedConnection>>();

  /** No view creates or uses a connection any more. */
  get closed(): boolean {
    return this.#closed;
  }

  /** The connections of a name, by fingerprint, the least recently used first. */
  of(name: string): Map<string, ConnectionHandle> {
    let handles = this.#handles.get(name);
    if (handles === undefined) this.#handles.set(name, (handles = new Map<string, ConnectionHandle>()));
    return handles;
  }

  *all(): Generator<ConnectionHandle> {
    for (const handles of this.#handles.values()) yield* handles.values();
  }

  has(fingerprint: string): boolean {
    return [...this.#handles.values()].some((handles) => handles.has(fingerprint));
  }

  /** The named connections of every view. */
  *named(): Generator<NamedConnection> {
    for (const view of this.#views) yield* view.values();
  }

  /** The provider of a connection, for all views that define it alike. */
  loaded(name: string, definition: string): LoadedProvider {
    const key = keyOf({ name, definition });
    let loaded = this.#loaded.get(key);
    if (loaded === undefined) this.#loaded.set(key, (loaded = new LoadedProvider()));
    return loaded;
  }

  /** Whether a connection is that of a view's own environment. */
  isCurrent(name: string, handle: ConnectionHandle): boolean {
    return [...this.#views].some((view) => view.get(name)?.current === handle);
  }

  enter(view: ReadonlyMap<string, NamedConnection>): void {
    this.#views.add(view);
  }

  /** Takes out the connections that only this view had, to be closed by the caller. */
  leave(view: ReadonlyMap<string, NamedConnection>): readonly ConnectionHandle[] {
    this.#views.delete(view);
    const unused = [...view.values()].filter((named) => !this.#isUsed(named));
    for (const named of unused) this.#loaded.delete(keyOf(named));
    return unused.flatMap((named) => named.takeHandles());
  }

  /** No view creates or uses a connection from now on. Returns all connections, to be closed by the caller. */
  close(): readonly ConnectionHandle[] {
    this.#closed = true;
    return [...this.all()];
  }

  #isUsed({ name, definition }: NamedConnection): boolean {
    return [...this.#views].some((view) => view.get(name)?.definition === definition);
  }
}

const keyOf = ({ name, definition }: Pick<NamedConnection, "name" | "definition">): string => `${name} ${definition}`;
