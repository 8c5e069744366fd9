import { z } from 'zod';
import { parseInput } from '@/lib/actions/parse';
import { route } from '@/lib/actions/route';
import { runPreflight } from '@/lib/builds/preflight/run';
import { buildOptions } from '@/lib/projects/schema';
import { AppError } from '@/lib/errors';
import { getProject } from '@/lib/projects/store';

const body = z.object({ options: buildOptions.optional() });

/** UTF-16 units. Options are a few kilobytes. */
const longest = 2_000_000;

async function readJson(request: Request): Promise<unknown> {
  if (Number(request.headers.get('content-length') ?? longest + 1) > longest) throw new AppError('too_large');
  try {
    return await request.json();
  } catch {
    throw new AppError('invalid_input', 'The request is not valid JSON.');
  }
}

/** Looks whether a build with these options, or with the project's own, would find what it needs. */
export const POST = route({
  permission: 'build:start',
  run: async (request, { params }) => {
    const project = await getProject(params.projectId ?? '');
    const { options } = parseInput(body, await readJson(request));
    return Response.json(await runPreflight(project, options ?? project.options));
  },
});
