import { serverAnswers } from './use-refresh';

const maxRepeats = 5;

/** A request of the router for a page's data: a GET with the header `rsc`. Actions are POSTs. */
function isRouterRequest(init: RequestInit | undefined): boolean {
  return (init?.method ?? 'GET') === 'GET' && new Headers(init?.headers).get('rsc') !== null;
}

/**
 * A fetch that repeats the router's requests when their connection fails, once the server answers. The router itself would
 * load the address as a new page: what was typed is lost, and without a server the browser shows its own error page.
 */
export const repeatRouterRequests =
  (send: typeof fetch): typeof fetch =>
  async (input, init) => {
    if (!isRouterRequest(init)) return send(input, init);
    for (let repeats = 0; ; repeats++) {
      try {
        return await send(input, init);
      } catch (error) {
        if (init?.signal?.aborted || repeats === maxRepeats || !(error instanceof TypeError)) throw error;
        await serverAnswers();
      }
    }
  };

let installed = false;

/** In the browser, before the router asks for anything. */
export function installRouterRequests(): void {
  if (installed) return;
  installed = true;
  window.fetch = repeatRouterRequests(window.fetch.bind(window));
}
