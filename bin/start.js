// @ts-check
/** `npm start`. Only checks the version of Node, in syntax that old versions parse; the rest is in serve.js. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Layerwright needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}
const { serve } = await import('./serve.js');
await serve('start');

export {};
