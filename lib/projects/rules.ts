import { z } from 'zod';

const noControl = (text: string) => !/[\0\r\n]/.test(text);

/** Why a path inside of a project is invalid, or null. */
export function pathProblem(path: string): string | null {
  if (path === '') return 'Enter a path.';
  if (path.length > 1024) return 'A path has at most 1024 characters.';
  if (!noControl(path)) return 'A path cannot contain line breaks or NUL characters.';
  if (path.includes('\\')) return 'Use “/” between directories, not “\\”.';
  if (path.startsWith('/')) return 'Use a path relative to the project, without a leading “/”.';
  const parts = path.split('/');
  if (parts.includes('..')) return 'The path must stay in the project: “..” is not allowed.';
  if (parts.some((part) => part === '' || part === '.')) return 'The path contains an empty part.';
  if (parts.some((part) => new TextEncoder().encode(part).length > 255))
    return 'A name has at most 255 bytes.';
  return null;
}

/** The messages of a check as zod issues. */
export const checked = (problem: (text: string) => string | null) =>
  z.string().superRefine((text, context) => {
    const message = problem(text);
    if (message) context.addIssue({ code: 'custom', message });
  });

/** Relative to the project, with `/`. */
export const projectPath = checked(pathProblem);
