// @ts-check

/** This machine cannot have an engine; the message says why. What needs it is skipped. */
export class Unavailable extends Error {
  /** @param {string} message @param {string} [log] */
  constructor(message, log) {
    super(message);
    this.log = log;
  }
}
