import { StatusPage } from '@/app/_components/status-page';
import { LinkButton } from '@/app/_components/ui/button';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <StatusPage
      title="Page not found"
      actions={
        <>
          <LinkButton variant="primary" href="/">
            Go to overview
          </LinkButton>
          <LinkButton href="/builds">View builds</LinkButton>
        </>
      }
    >
      <p>It was deleted or renamed, or never existed. Nothing else has changed.</p>
    </StatusPage>
  );
}
