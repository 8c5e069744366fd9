import { protocolRoute } from '@/lib/actions/route';
import { AppError } from '@/lib/errors';

/** Addresses of the API that do not exist: an answer in JSON with the headers of the API, not Next's page. */
const nothing = protocolRoute({
  permission: 'public',
  because: 'There is nothing at this address, for nobody.',
  audit: { none: 'It changes nothing.' },
  run: () => {
    throw new AppError('not_found');
  },
});

export const GET = nothing;
export const POST = nothing;
export const PUT = nothing;
export const PATCH = nothing;
export const DELETE = nothing;
