import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RadioOption } from '../../components/radio-option';
import { fireCommand } from '../../stores/send-command';
import { useAppState } from '../../stores/state-store';
import { NodeUrlForm } from './node-url-form';

/** Chooses between the built-in development network, applied at once, and a node by its address. */
export function NodeSettings() {
  const { t } = useTranslation();
  const nodeUrl = useAppState((state) => state.settings.nodeUrl);
  const [entersUrl, setEntersUrl] = useState(false);
  const remote = nodeUrl !== null || entersUrl;
  return (
    <fieldset className="grid grid-cols-2 narrow:grid-cols-1 gap-x-6 gap-y-3">
      <legend className="sr-only">{t('settings.node')}</legend>
      <RadioOption
        group="node"
        checked={!remote}
        testId="node-built-in"
        name={t('settings.nodeBuiltIn')}
        help={t('settings.nodeBuiltInHelp')}
        onChoose={() => {
          setEntersUrl(false);
          if (nodeUrl !== null) fireCommand(() => window.miner.updateSettings({ nodeUrl: null }));
        }}
      />
      <RadioOption
        group="node"
        checked={remote}
        testId="node-remote"
        name={t('settings.nodeRemote')}
        help={t('settings.nodeRemoteHelp')}
        onChoose={() => setEntersUrl(true)}
      />
      {remote && (
        <div className="col-span-2 narrow:col-span-1">
          <NodeUrlForm key={nodeUrl} />
        </div>
      )}
    </fieldset>
  );
}
