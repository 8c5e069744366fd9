// @ts-check
/** The gate between the web process and the engine: `node bin/gate.js --help`. */
import { parseArgs } from 'node:util';
import { parseAllowed } from './gate/allowed.js';
import { openEngine } from './gate/engine.js';
import { listen } from './gate/listen.js';
import { createGate } from './gate/server.js';

const usage = `node bin/gate.js --listen ADDRESS --engine ADDRESS [--allow LIST] [--user UID] [--group GID]
  Lets the calls of Layerwright through to the engine, except those that hand over its host.
  ADDRESS: unix:///path or tcp://host:port.
  LIST: network, profiles, enter, bind:/folder, separated by commas; default: LAYERWRIGHT_GATE_ALLOW.
  UID: who alone may connect to the socket, besides root; or
  GID: the group that may connect to it; default: that of this process.
node bin/gate.js --check ADDRESS
  Ends with 0 if the gate there and its engine answer, otherwise with 1.`;

/** @param {string} address */
function answers(address) {
  return new Promise((resolve) => {
    const engine = openEngine(address, { NODE_ENV: 'production' });
    const request = engine.request({ path: '/_ping', headers: { Host: 'gate' }, timeout: 5000 });
    request.on('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
    request.end();
  });
}

/** @param {string | undefined} text */
const numberOf = (text) => (text === undefined ? undefined : Number(text));

async function main() {
  const text = { type: /** @type {const} */ ('string') };
  const help = { type: /** @type {const} */ ('boolean') };
  const { values } = parseArgs({
    options: { listen: text, engine: text, allow: text, user: text, group: text, check: text, help },
  });
  if (values.check) process.exit((await answers(values.check)) ? 0 : 1);
  if (values.help || !values.listen || !values.engine) {
    console.log(usage);
    process.exit(values.help ? 0 : 2);
  }
  const allowed = parseAllowed(values.allow ?? process.env.LAYERWRIGHT_GATE_ALLOW ?? '');
  const server = createGate({ engine: openEngine(values.engine), allowed }, console.log);
  for (const name of /** @type {const} */ (['SIGTERM', 'SIGINT'])) process.on(name, () => process.exit(0));
  await listen(server, values.listen, { user: numberOf(values.user), group: numberOf(values.group) });
  console.log(`Listening on ${values.listen}`);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
