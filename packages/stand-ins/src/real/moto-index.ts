export { findMoto } from "./find-moto.ts";
export { type Moto, startMoto } from "./moto.ts";
export { seedMoto, type SeededMoto } from "./seed-moto.ts";
