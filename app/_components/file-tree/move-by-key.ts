import type { KeyboardEvent } from 'react';

/** Marks the element of a row that the arrow keys focus: its button, link or checkbox. */
export const treeStop = { 'data-tree-stop': '' };

const selector = '[data-tree-stop]:not(:disabled)';

const focus = (element: Element | null | undefined) => (element as HTMLElement | null | undefined)?.focus();

/** Moves the focus in a tree by the arrow keys. */
export function moveByKey(event: KeyboardEvent<HTMLElement>): void {
  const { target, currentTarget, key } = event;
  if (!(target instanceof HTMLElement) || !target.matches(selector)) return;
  const stops = [...currentTarget.querySelectorAll(selector)];
  const at = stops.indexOf(target);
  const expanded = target.getAttribute('aria-expanded');
  if (key === 'ArrowDown') focus(stops[at + 1]);
  else if (key === 'ArrowUp') focus(stops[at - 1]);
  else if (key === 'ArrowRight' && expanded === 'false') target.click();
  else if (key === 'ArrowRight' && expanded === 'true') focus(stops[at + 1]);
  else if (key === 'ArrowLeft' && expanded === 'true') target.click();
  else if (key === 'ArrowLeft') focus(target.closest('ul')?.closest('li')?.querySelector(selector));
  else return;
  event.preventDefault();
}
