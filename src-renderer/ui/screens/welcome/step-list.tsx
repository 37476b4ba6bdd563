import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { FIRST_RUN_STEPS, type FirstRunStep } from './first-run-step';

/** The steps of a first run: which are done, and which one this is. */
export function StepList({ current }: { readonly current: FirstRunStep }) {
  const { t } = useTranslation();
  const at = FIRST_RUN_STEPS.indexOf(current);
  return (
    <ol
      aria-label={t('firstRun.steps')}
      data-testid="first-run"
      data-step={current}
      className="flex flex-wrap gap-2"
    >
      {FIRST_RUN_STEPS.map((step, index) => (
        <li
          key={step}
          aria-current={step === current ? 'step' : undefined}
          className="flex items-center gap-2 rounded-full border border-line py-1 pr-3 pl-1 text-muted aria-[current=step]:border-accent aria-[current=step]:bg-accent-soft aria-[current=step]:font-medium aria-[current=step]:text-accent"
        >
          <span className="flex size-5 items-center justify-center rounded-full border border-current text-xs">
            {index < at ? <Check size={12} aria-hidden /> : index + 1}
          </span>
          {t(`firstRun.step.${step}`)}
          {index < at && <span className="sr-only">{t('firstRun.stepDone')}</span>}
        </li>
      ))}
    </ol>
  );
}
