import { StatusPage } from '@/app/_components/status-page';
import { LinkButton } from '@/app/_components/ui/button';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <main className="mx-auto max-w-160 px-4">
      <StatusPage
        title="Page not found"
        actions={
          <LinkButton variant="primary" href="/">
            Go to overview
          </LinkButton>
        }
      >
        <p>This address does not exist. Your projects, builds and images are not affected.</p>
      </StatusPage>
    </main>
  );
}
