// @ts-check
/** The calls of the Engine API that the gate lets through: those that Layerwright makes. */
import { checkBuildQuery, checkSessionHeaders } from './build.js';
import { checkCommit, checkCreate, checkExec, checkExecStart, checkLogin } from './container.js';
import { checkContainer } from './host.js';
import { Refused, quote } from './refused.js';

/** @typedef {import('./build.js').Query} Query */
/** @typedef {import('./host.js').Judge} Judge */

/**
 * @typedef {object} Call
 * @property {string} methods
 * @property {RegExp} path without the version, decoded; no segment has a slash, or is . or ..
 * @property {'none' | 'bytes' | 'json'} [body]
 * @property {(body: unknown, judge: Judge) => Promise<unknown>} [check] of the body; returns what is sent
 * @property {'container' | 'exec'} [enters] the path's group names what is entered or read
 * @property {boolean} [upgrade] it may become a connection of bytes
 * @property {(query: Query, judge: Judge) => Query | Promise<Query>} [query] returns what is sent
 * @property {(headers: import('node:http').IncomingHttpHeaders) => void} [headers]
 */

const id = '([a-zA-Z0-9][a-zA-Z0-9_.-]*)';
const image = '((?:[^/]+/)*[^/]+)';

/** @param {string} pattern */
const exactly = (pattern) => new RegExp(`^${pattern}$`);

/** Only these parameters. @param {string} names @returns {(query: Query) => Query} */
const only = (names) => {
  const known = new Set(names.split(' '));
  return (query) => {
    const unknown = query.find(([name]) => !known.has(name));
    if (unknown) throw new Refused(`the gate does not know the parameter ${quote(unknown[0])}`);
    return query;
  };
};

/** An import from an address would be fetched by the engine, from its own network. @param {Query} query */
function checkImport(query) {
  for (const [name, value] of only('fromImage fromSrc repo tag message platform changes')(query)) {
    if (name === 'fromSrc' && value !== '-') throw new Refused('its file is not in its request');
  }
  return query;
}

/** @param {Query} query @param {Judge} judge @returns {Promise<Query>} */
async function checkCommitQuery(query, judge) {
  const checked = only('container repo tag comment author pause')(query);
  if (checked.filter(([name]) => name === 'container').length !== 1)
    throw new Refused('it does not name one container');
  return Promise.all(
    checked.map(async ([name, value]) => [
      name,
      name === 'container' ? await checkContainer(value, judge) : value,
    ]),
  );
}

/** @type {readonly Call[]} */
const calls = [
  { methods: 'GET HEAD', path: exactly('/_ping') },
  { methods: 'GET', path: exactly('/(?:version|info|events|system/df|networks|volumes)') },
  { methods: 'GET', path: exactly('/(?:images|containers)/json') },
  { methods: 'GET', path: exactly('/images/get') },
  { methods: 'GET', path: exactly(`/images/${image}/(?:json|history|get)`) },
  { methods: 'GET', path: exactly(`/distribution/${image}/json`) },
  { methods: 'GET', path: exactly(`/containers/${id}/(?:json|logs)`) },
  { methods: 'GET', path: exactly(`/containers/${id}/(?:changes|export)`), enters: 'container' },
  { methods: 'GET HEAD', path: exactly(`/containers/${id}/archive`), enters: 'container' },
  { methods: 'GET', path: exactly(`/exec/${id}/json`) },
  { methods: 'DELETE', path: exactly(`/images/${image}`), query: only('force noprune') },
  { methods: 'DELETE', path: exactly(`/containers/${id}`), query: only('force v') },
  { methods: 'DELETE', path: exactly(`/volumes/${id}`), query: only('force') },
  {
    methods: 'POST',
    path: exactly(`/containers/${id}/(?:start|stop|restart|kill|pause|unpause|wait|resize)`),
    query: only('t signal h w condition'),
  },
  {
    methods: 'POST',
    path: exactly(`/containers/${id}/attach`),
    query: only('stream stdin stdout stderr logs detachKeys'),
    enters: 'container',
    upgrade: true,
  },
  {
    methods: 'PUT',
    path: exactly(`/containers/${id}/archive`),
    query: only('path'),
    enters: 'container',
    body: 'bytes',
  },
  {
    methods: 'POST',
    path: exactly(`/containers/${id}/exec`),
    query: only(''),
    enters: 'container',
    body: 'json',
    check: checkExec,
  },
  {
    methods: 'POST',
    path: exactly(`/exec/${id}/start`),
    query: only(''),
    enters: 'exec',
    upgrade: true,
    body: 'json',
    check: checkExecStart,
  },
  { methods: 'POST', path: exactly(`/exec/${id}/resize`), query: only('h w') },
  {
    methods: 'POST',
    path: exactly('/containers/create'),
    query: only('name platform'),
    body: 'json',
    check: checkCreate,
  },
  { methods: 'POST', path: exactly('/commit'), query: checkCommitQuery, body: 'json', check: checkCommit },
  { methods: 'POST', path: exactly('/auth'), query: only(''), body: 'json', check: checkLogin },
  { methods: 'POST', path: exactly('/images/create'), query: checkImport, body: 'bytes' },
  { methods: 'POST', path: exactly('/images/load'), query: only('quiet'), body: 'bytes' },
  { methods: 'POST', path: exactly(`/images/${image}/push`), query: only('tag platform') },
  { methods: 'POST', path: exactly(`/images/${image}/tag`), query: only('repo tag') },
  {
    methods: 'POST',
    path: exactly('/build'),
    query: (query, { allowed }) => checkBuildQuery(query, allowed),
    body: 'bytes',
  },
  { methods: 'POST', path: exactly('/build/cancel'), query: only('id') },
  { methods: 'POST', path: exactly('/build/prune'), query: only('all filters keep-storage') },
  {
    methods: 'POST',
    path: exactly('/session'),
    query: only(''),
    headers: checkSessionHeaders,
    upgrade: true,
  },
];

/** @param {string} method @param {string} path */
export const findCall = (method, path) =>
  calls.find((call) => call.methods.split(' ').includes(method) && call.path.test(path));
