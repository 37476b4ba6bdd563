import { useTranslation } from 'react-i18next';
import type { KernelChoice } from '../../../../src-shared/ipc/kernel-choice';
import { formatInteger } from '../../formatting/number';
import { useAppState } from '../../stores/state-store';
import { choiceAt } from './kernel-table';

/** Which kernel computes matrices of the size in the settings. */
export function CurrentKernel({ choices }: { readonly choices: readonly KernelChoice[] }) {
  const { t, i18n } = useTranslation();
  const matrixSize = useAppState((state) => state.settings.matrixSize);
  const choice = choiceAt(choices, matrixSize);
  const size = formatInteger(matrixSize, i18n.language);
  return (
    <p className="mt-1 text-xs text-muted">
      {choice === null
        ? t('graphics.currentUnmeasured', { size })
        : choice.kernel === null
          ? t('graphics.currentNone', { size })
          : t('graphics.currentKernel', { size, kernel: choice.kernel })}
    </p>
  );
}
