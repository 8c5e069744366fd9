'use client';

import { Button } from '@/app/_components/ui/button';
import { Switch } from '@/app/_components/ui/checkbox';
import { useNoticePermission } from '@/app/_hooks/browser-notices';
import { useBrowserSetting } from '@/app/_hooks/browser-setting';

/** What holds for this browser only, at once. */
export function ThisBrowser() {
  const [singleKeys, setSingleKeys] = useBrowserSetting('single-keys', true);
  return (
    <div className="flex flex-col gap-4">
      <Notices />
      <Switch
        label="Shortcuts of a single key"
        hint="Such as N for a new project. Switch them off if they get in the way of dictation or of other tools."
        checked={singleKeys}
        onChange={(event) => setSingleKeys(event.target.checked)}
      />
    </div>
  );
}

const reasons = {
  unavailable:
    'Not to be had here: the browser has none, or the page came by plain http from another machine.',
  denied: 'This browser was told not to show them. That can be changed in its own settings for this site.',
};

function Notices() {
  const { permission, ask } = useNoticePermission();
  const [on, setOn] = useBrowserSetting('notices', true);
  const what = 'Notifications when long work ends';
  const which = 'Of what you started or looked at, while no tab of Layerwright is seen.';
  if (permission === null || permission === 'granted')
    return (
      <Switch
        label={what}
        hint={which}
        disabled={permission === null}
        checked={permission === 'granted' && on}
        onChange={(event) => setOn(event.target.checked)}
      />
    );
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-64">
        <p>{what}</p>
        <p className="text-sm text-muted">{permission === 'default' ? which : reasons[permission]}</p>
      </div>
      {permission === 'default' ? <Button onClick={() => void ask()}>Allow them</Button> : null}
    </div>
  );
}
