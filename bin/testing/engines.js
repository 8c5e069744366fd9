// @ts-check
/** The engines that tests run on: their names, how each is had, and what it is. */
import { capture } from '../run.js';
import { dockerFromModules, dockerVersion } from './docker-from-modules.js';

/**
 * @typedef {object} Provided
 * @property {string} [programs] directory of its programs; by default those of PATH
 * @property {string} how for people
 */

/**
 * @typedef {object} TestEngine
 * @property {string} title
 * @property {'overlay2' | 'containerd'} [store] asked for; by default the engine's own choice
 * @property {'everything' | 'engine suites' | 'nothing'} runs what `npm test` runs on it unasked
 * @property {(logs: string) => Promise<Provided>} provide throws Unavailable where this machine cannot have it
 */

async function installed() {
  const { stdout } = await capture('dockerd', ['--version']);
  return { how: `of the distribution's packages (${stdout.trim()})` };
}

/** @type {Record<string, TestEngine>} */
const testEngines = {
  distribution: { title: 'Docker of the distribution', runs: 'everything', provide: installed },
  'docker29-containerd': {
    title: `Docker ${dockerVersion} with the containerd store`,
    store: 'containerd',
    runs: 'engine suites',
    provide: dockerFromModules,
  },
  'docker29-overlay2': {
    title: `Docker ${dockerVersion} with overlay2`,
    store: 'overlay2',
    runs: 'nothing',
    provide: dockerFromModules,
  },
};

export const engineNames = Object.keys(testEngines);

/** @param {TestEngine['runs']} what */
const thatRun = (what) => engineNames.filter((name) => testEngines[name]?.runs === what);

export const [defaultEngine = ''] = thatRun('everything');
export const suiteEngines = thatRun('engine suites');

/** @param {string} name */
export function engineFor(name) {
  const engine = testEngines[name];
  if (!engine) throw new Error(`no engine ${name}`);
  return engine;
}
