import { env } from '@/lib/env';

/**
 * Content-Security-Policy of pages. `strict-dynamic` lets a script with the nonce load Next's chunks; `style`
 * attributes (positions and sizes, for example of virtual rows) cannot have a nonce.
 */
export function contentSecurityPolicy(nonce: string, development: boolean): string {
  return [
    "default-src 'self'",
    // React's development build recreates server stacks by eval; the production build does not.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    // Turbopack's development build adds styles without a nonce.
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "connect-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

/**
 * Headers of pages. The referrer is sent to our own pages only: with `no-referrer`, forms are sent with `Origin:
 * null`.
 */
export const pageHeaders: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'cache-control': 'no-store',
};

/** For every response: over HTTPS, browsers must use only HTTPS for a year. */
export const transportHeaders = (https = env().https): Record<string, string> =>
  https ? { 'strict-transport-security': 'max-age=31536000' } : {};
