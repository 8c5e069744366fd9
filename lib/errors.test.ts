import { expect, it, vi } from 'vitest';
import { AppError, asAppError } from './errors';

it('an error of another copy of this module is recognized', async () => {
  vi.resetModules();
  const { AppError: Other } = await import('./errors');
  expect(Other).not.toBe(AppError);
  const error = new Other('not_found', 'Gone.', { hint: 'Look elsewhere.' });
  expect(error instanceof AppError).toBe(true);
  expect(asAppError(error)).toBe(error);
});

it('nothing else is', () => {
  for (const value of [
    null,
    undefined,
    'AppError',
    { name: 'AppError', code: 'not_found' },
    new TypeError('x'),
  ])
    expect(value instanceof AppError).toBe(false);
  expect(asAppError(new TypeError('x'))).toMatchObject({ code: 'internal', cause: expect.any(TypeError) });
});
