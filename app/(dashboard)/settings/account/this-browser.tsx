'use client';

import { Button } from '@/app/_components/ui/button';
import { Switch } from '@/app/_components/ui/checkbox';
import { useNoticePermission } from '@/app/_hooks/browser-notices';
import { useBrowserSetting } from '@/app/_hooks/browser-setting';

/** Settings of this browser only; they take effect at once. */
export function ThisBrowser() {
  const [singleKeys, setSingleKeys] = useBrowserSetting('single-keys', true);
  return (
    <div className="flex flex-col gap-4">
      <Notices />
      <Switch
        label="Single-key shortcuts"
        hint="For example N for a new project. Turn them off if they interfere with dictation or other tools."
        checked={singleKeys}
        onChange={(event) => setSingleKeys(event.target.checked)}
      />
    </div>
  );
}

const reasons = {
  unavailable:
    'Not available: the browser does not support them, or the page was loaded over plain HTTP from another machine.',
  denied: 'Blocked in this browser. Allow in the browser’s settings for this site.',
};

function Notices() {
  const { permission, ask } = useNoticePermission();
  const [on, setOn] = useBrowserSetting('notices', true);
  const what = 'Notifications when long work ends';
  const which = 'For work you started or viewed, while no Layerwright tab is visible.';
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
      {permission === 'default' ? <Button onClick={() => void ask()}>Allow</Button> : null}
    </div>
  );
}
