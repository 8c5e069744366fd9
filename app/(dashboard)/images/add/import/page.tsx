import { requirePermission } from '@/lib/auth/require-user';
import { ImportForm } from '@/app/(dashboard)/images/add/_components/import-form';

export const metadata = { title: 'Import a root file system' };

export default async function ImportPage() {
  await requirePermission('image:load');
  return <ImportForm />;
}
