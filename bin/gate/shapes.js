// @ts-check
/**
 * Shapes of JSON. A shape returns the value to send in place of the given one, or throws. Names of fields must be known and
 * exact: Go reads `binds`, `BINDS` and `bindſ` as `Binds`, too, and the last one wins.
 */
import { Refused, quote } from './refused.js';

/** @typedef {(value: unknown, where: string) => unknown} Shape of a field's value it is never asked for null: to Go that is the zero value */

/** @param {Shape} shape @param {unknown} value @param {string} where */
const orNull = (shape, value, where) => (value === null ? null : shape(value, where));

/** @param {boolean} holds @param {string} where @param {unknown} value @param {string} what */
function require(holds, where, value, what) {
  if (!holds) throw new Refused(`${where} is ${quote(value)}, not ${what}`);
}

/** @param {RegExp} [pattern] @param {string} [what] @returns {Shape} */
export const text =
  (pattern = /^/, what = 'a text') =>
  (value, where) => {
    require(typeof value === 'string' && pattern.test(value), where, value, what);
    return value;
  };

/** @type {Shape} */
export function flag(value, where) {
  require(typeof value === 'boolean', where, value, 'true or false');
  return value;
}

/** @type {Shape} */
export function whole(value, where) {
  require(Number.isSafeInteger(value), where, value, 'a whole number');
  return value;
}

/** @param {Shape} item @returns {Shape} */
export const list = (item) => (value, where) => {
  if (!Array.isArray(value)) throw new Refused(`${where} is ${quote(value)}, not a list`);
  return value.map((one, index) => item(one, `${where}[${index}]`));
};

/** @param {unknown} value @param {string} where @returns {[string, unknown][]} */
function entriesOf(value, where) {
  require(typeof value === 'object' && value !== null && !Array.isArray(value), where, value, 'an object');
  return Object.entries(/** @type {object} */ (value));
}

/** An object with names of the caller's choice. @param {Shape} item @returns {Shape} */
export const map = (item) => (value, where) =>
  Object.fromEntries(
    entriesOf(value, where).map(([name, one]) => [name, orNull(item, one, `${where}[${quote(name)}]`)]),
  );

/** An object with these fields only, all optional. @param {Record<string, Shape>} known @returns {Shape} */
export function fields(known) {
  const shapes = new Map(Object.entries(known));
  return (value, where) =>
    Object.fromEntries(
      entriesOf(value, where).map(([name, one]) => {
        const shape = shapes.get(name);
        const place = where ? `${where}.${name}` : name;
        if (!shape) throw new Refused(`the gate does not know the field ${quote(place)}`);
        return [name, orNull(shape, one, place)];
      }),
    );
}

/** Strict JSON, in UTF-8. @param {Buffer} bytes @returns {unknown} */
export function parseJson(bytes) {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw new Refused('its body is not JSON', 400);
  }
}
