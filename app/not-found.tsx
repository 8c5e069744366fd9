import { StatusPage } from '@/app/_components/status-page';
import { LinkButton } from '@/app/_components/ui/button';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <main className="mx-auto max-w-160 px-4">
      <StatusPage
        title="There is nothing here"
        actions={
          <LinkButton variant="primary" href="/">
            To the overview
          </LinkButton>
        }
      >
        <p>No page has this address. Nothing is wrong with your projects, builds or images.</p>
      </StatusPage>
    </main>
  );
}
