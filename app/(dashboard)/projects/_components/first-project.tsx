import { Panel } from '@/app/_components/ui/panel';
import { FromGit } from './from-git';
import { NewProject } from './new-project';
import { listTemplateChoices } from './template-choices';
import { TemplateList } from './template-list';

/** The empty list of projects: offers all ways to create the first one. */
export function FirstProject() {
  return (
    <div className="flex flex-col gap-6">
      <p className="max-w-prose text-muted">
        A project is a directory with a Dockerfile in it, beside everything that the Dockerfile adds. It is
        kept here, can be edited here, and is built with one click.
      </p>
      <NewProject />
      <Panel title="From a Git repository">
        <FromGit />
      </Panel>
      <Panel title="From a template" padding="flush">
        <TemplateList templates={listTemplateChoices()} />
      </Panel>
    </div>
  );
}
