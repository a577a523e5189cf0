/* Imports the module that the argument names, or nothing. */
const [module] = process.argv.slice(2);
if (module !== undefined) await import(module);
