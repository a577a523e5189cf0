import { setTimeout as delay } from "node:timers/promises";
import type { DevTools } from "./dev-tools.ts";

/** One page of a browser, used as a person does: elements are found by CSS selectors, and waited for. */
export interface Page {
  /** Puts the cursor into a field and types. */
  type(selector: string, text: string): Promise<void>;
  /** Clicks with the mouse where the element is. */
  click(selector: string): Promise<void>;
  /** Waits until the page shows a text. */
  shows(text: string): Promise<void>;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const WITHIN_MS = 60_000;

/** Opens an address, and waits until nothing is fetched for it any more. */
export async function openPage(tools: DevTools, url: string): Promise<Page> {
  // Nothing is remembered from one page to the next.
  const { browserContextId } = await tools.send("Target.createBrowserContext");
  const { targetId } = await tools.send("Target.createTarget", { url: "about:blank", browserContextId });
  const attached = await tools.send("Target.attachToTarget", { targetId, flatten: true });
  const session = String(attached["sessionId"]);
  await tools.send("Page.enable", {}, session);
  await tools.send("Page.setLifecycleEventsEnabled", { enabled: true }, session);
  const { loaderId } = await tools.send("Page.navigate", { url }, session);
  // A page that still fetches may be drawn again, and lose what was typed into it.
  await tools.told("Page.lifecycleEvent", session, (about) => {
    return about["loaderId"] === loaderId && about["name"] === "networkIdle";
  });
  /** Asks until there is an answer. While a page goes and another comes there is none. */
  const until = async <Value>(expression: string): Promise<Value> => {
    const deadline = Date.now() + WITHIN_MS;
    while (Date.now() < deadline) {
      const asked = await tools
        .send("Runtime.evaluate", { expression, returnByValue: true }, session)
        .catch(() => undefined);
      const { value } = (asked?.["result"] ?? {}) as { value?: Value };
      if (value) return value;
      await delay(50);
    }
    throw new Error("The page did not come to that.");
  };
  const click = async (selector: string): Promise<void> => {
    const { x, y } = await until<Point>(CENTRE(selector));
    for (const type of ["mousePressed", "mouseReleased"]) {
      await tools.send("Input.dispatchMouseEvent", { type, x, y, button: "left", clickCount: 1 }, session);
    }
  };
  return {
    click,
    type: async (selector, text) => {
      await click(selector);
      await until(`document.activeElement === document.querySelector(${JSON.stringify(selector)})`);
      await tools.send("Input.insertText", { text }, session);
    },
    shows: async (text) => {
      await until(`document.body?.innerText.includes(${JSON.stringify(text)})`);
    },
  };
}

/** Where an element is that can be clicked, brought into view; nothing while something lies over it. */
const CENTRE = (selector: string): string => `(() => {
  const element = document.querySelector(${JSON.stringify(selector)});
  if (element === null || element.disabled) return undefined;
  element.scrollIntoView({ block: "center" });
  const { x, y, width, height } = element.getBoundingClientRect();
  const at = { x: x + width / 2, y: y + height / 2 };
  const top = document.elementFromPoint(at.x, at.y);
  return element.contains(top) ? at : undefined;
})()`;
