import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { plainText } from '../../../../src-shared/pasted-text';
import { LONGEST_ADDRESS } from '../../../../src-shared/settings/setting';
import { Button } from '../../components/button';
import { ErrorMessage } from '../../components/error-message';
import { TextField } from '../../components/text-field';
import { useAppState } from '../../stores/state-store';
import { useRequest } from '../../stores/use-request';
import { type NodeAnswer, NodeTestAnswer } from './node-test-answer';

/** The address of a node: tested on the spot, and used from the moment it is saved. */
export function NodeUrlForm() {
  const { t } = useTranslation();
  const nodeUrl = useAppState((state) => state.settings.nodeUrl);
  const [typed, setTyped] = useState(nodeUrl ?? '');
  const [answer, setAnswer] = useState<NodeAnswer | null>(null);
  const { busy, error, send, forget } = useRequest();
  const url = plainText(typed);

  const test = async () => {
    const tested = await send(() => window.miner.testNode(url));
    setAnswer(tested.ok ? tested.value : null);
  };
  const save = async (agreed: boolean) => {
    const change = agreed ? { nodeUrl: url, insecureNodeUrl: url } : { nodeUrl: url };
    await send(() => window.miner.updateSettings(change));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void test();
      }}
    >
      <TextField
        label={t('settings.nodeUrl')}
        data-testid="node-url"
        className="font-mono text-xs"
        inputMode="url"
        placeholder="https://node.example.org:8000"
        maxLength={LONGEST_ADDRESS}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAnswer(null);
          forget();
        }}
        problem={
          error === null ? null : (
            <>
              <ErrorMessage report={error} />
              {error.code === 'insecure_node_url' && (
                <Button
                  className="mt-2"
                  disabled={busy}
                  data-testid="node-agree"
                  onClick={() => void save(true)}
                >
                  {t('settings.useInsecure')}
                </Button>
              )}
            </>
          )
        }
        action={
          <>
            <Button type="submit" busy={busy} disabled={url === ''} data-testid="node-test">
              {t(busy ? 'settings.testing' : 'settings.test')}
            </Button>
            <Button
              variant="primary"
              disabled={busy || url === '' || url === nodeUrl}
              data-testid="node-save"
              onClick={() => void save(false)}
            >
              {t(url !== '' && url === nodeUrl ? 'settings.inUse' : 'settings.useNode')}
            </Button>
          </>
        }
      />
      <div role="status" className="mt-2">
        {answer !== null && <NodeTestAnswer answer={answer} />}
      </div>
    </form>
  );
}
