import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { App } from './app';
import { obeyKeys } from './keyboard/obey-keys';
import { i18n, startI18n } from './locales/i18n';
import { callMain } from './stores/call-main';
import { receiveFullState, receivePush, receiveStateError } from './stores/state-store';
import { followTheme } from './styles/theme';

startI18n(navigator.languages);
// Before the first paint, so that a dark desktop never sees a white flash.
followTheme('system')();
window.miner.onStateChanged(receivePush);
void receiveState();
obeyKeys();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root to render into.');
createRoot(root).render(
  <StrictMode>
    <I18nextProvider i18n={i18n}>
      <App />
    </I18nextProvider>
  </StrictMode>,
);

async function receiveState(): Promise<void> {
  const answer = await callMain(() => window.miner.getState());
  if (answer.ok) receiveFullState(answer.value);
  else receiveStateError(answer.error);
}
