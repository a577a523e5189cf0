export { program as default } from "../../tsdown.preset.ts";
