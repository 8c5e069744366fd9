import { StatusPage } from '@/app/_components/status-page';
import { LinkButton } from '@/app/_components/ui/button';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <StatusPage
      title="There is nothing here any more"
      actions={
        <>
          <LinkButton variant="primary" href="/">
            To the overview
          </LinkButton>
          <LinkButton href="/builds">See the builds</LinkButton>
        </>
      }
    >
      <p>What this address named was deleted, renamed, or never was. Everything else is where it was.</p>
    </StatusPage>
  );
}
