// @ts-check
/** `npm run build`: what `npm start` does before it serves, for a service whose user must not write to the checkout. */
import path from 'node:path';
import { printTitle } from './print.js';
import { buildApp, generateClient, installModules } from './prepare.js';

const root = path.dirname(import.meta.dirname);
const directories = { root, logs: path.join(root, '.tmp', 'build') };
printTitle('Layerwright: build');
for (const step of [installModules, generateClient, buildApp]) await step(directories);
