import { protocolRoute } from '@/lib/actions/route';

export const dynamic = 'force-dynamic';

export const GET = protocolRoute({
  permission: 'public',
  because: 'Whatever starts the server asks it whether it answers.',
  run: () => Response.json({ status: 'ok' }),
});
