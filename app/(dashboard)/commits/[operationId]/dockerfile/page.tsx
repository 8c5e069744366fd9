import { notFound } from 'next/navigation';
import { Suspense } from 'react';
import { settle } from '@/app/(dashboard)/images/_components/settle';
import { getEngine } from '@/lib/engine/engines';
import { loadRecording } from '@/lib/recipes/recording';
import { ErrorState } from '@/app/_components/ui/error-state';
import { PageHeader } from '@/app/_components/ui/page-header';
import { Waiting } from '@/app/_components/ui/waiting';
import { requirePermission } from '@/lib/auth/require-user';
import { can } from '@/lib/commands/permissions';
import { commitHref } from '@/lib/commits/href';
import { findCommit, type StoredCommit } from '@/lib/commits/store';
import { operationId } from '@/lib/operations/schema';
import { loadRecipe } from '@/lib/recipes/load';
import { formatRecipe } from '@/lib/recipes/format';
import { RecipeEditor } from './_components/recipe-editor';

export const metadata = { title: 'Generated Dockerfile' };

export default async function RecipePage({ params }: PageProps<'/commits/[operationId]/dockerfile'>) {
  const user = await requirePermission('image:read');
  const id = operationId.safeParse((await params).operationId);
  const commit = id.success ? await findCommit(id.data) : null;
  if (!commit) notFound();
  return (
    <>
      <PageHeader
        title="Generated Dockerfile"
        breadcrumbs={[
          { label: 'Images', href: '/images' },
          { label: commit.reference ?? 'Commit', href: commitHref(commit.id) },
        ]}
        meta={
          <span>
            for <span className="font-mono">{commit.reference ?? commit.imageId?.slice(7, 19)}</span>, based
            on <span className="font-mono">{commit.baseName}</span>
          </span>
        }
      />
      <Suspense fallback={<Waiting>Reading the recording and the image’s files…</Waiting>}>
        <Recipe commit={commit} mayCreate={can(user, 'project:edit')} />
      </Suspense>
    </>
  );
}

async function Recipe({ commit, mayCreate }: { commit: StoredCommit; mayCreate: boolean }) {
  const loaded = await settle(
    loadRecording(commit).then(async ({ source, commands }) => ({
      commands,
      recipe: await loadRecipe(getEngine(commit.engineId), source),
    })),
  );
  if (!loaded.ok) return <ErrorState title="The Dockerfile cannot be generated" error={loaded.error} />;
  const { commands, recipe } = loaded.value;
  const { text, origins } = formatRecipe(recipe);
  return (
    <RecipeEditor
      commitId={commit.id}
      suggestedName={(commit.reference ?? commit.containerName).split('/').at(-1)!.split(':')[0]!}
      commands={commands}
      dropped={recipe.dropped}
      text={text}
      origins={origins}
      mayCreate={mayCreate}
    />
  );
}
