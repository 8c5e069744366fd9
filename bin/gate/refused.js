// @ts-check

/** A call that the gate does not let through. The message goes to whoever called, and into the gate's log. */
export class Refused extends Error {
  /** @param {string} message a clause: `it mounts /etc of the host` @param {number} [status] */
  constructor(message, status = 403) {
    super(message);
    this.name = 'Refused';
    this.status = status;
  }
}

/** What a caller wrote, short enough and without control characters. @param {unknown} value */
export function quote(value) {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
