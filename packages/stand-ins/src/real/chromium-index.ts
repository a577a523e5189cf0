export { type Chromium, startChromium } from "./chromium.ts";
export { findChromium } from "./find-chromium.ts";
export type { Page } from "./page.ts";
