import { requirePermission } from '@/lib/auth/require-user';
import { LoadForm } from '@/app/(dashboard)/images/add/_components/load-form';

export const metadata = { title: 'Load images' };

export default async function LoadPage() {
  await requirePermission('image:load');
  return <LoadForm />;
}
