import { useTranslation } from 'react-i18next';
import type { PauseRule } from '../../../../../src-shared/pause-rules/pause-rule';
import type { Judgement } from '../../../../../src-shared/pause-rules/rule-status';
import { PauseEnd } from '../../../components/pause-end';
import { pauseWhy } from '../../../formatting/pause-words';
import { useAppState } from '../../../stores/state-store';

type RuleJudgementProps = { readonly rule: PauseRule; readonly isOn: boolean };

/** What a rule comes to now, or why nobody can say. */
export function RuleJudgement({ rule, isOn }: RuleJudgementProps) {
  const judgement = useAppState(
    ({ pauseRules }) => pauseRules.find((status) => status.rule === rule)?.judgement,
  );
  if (judgement === undefined) return null;
  const doubtful = judgement.kind === 'unknown' || (judgement.kind === 'holds' && !judgement.overridden);
  return (
    <p
      data-testid={`judgement-${rule}`}
      data-kind={judgement.kind}
      className={`mt-0.5 text-xs empty:hidden ${doubtful ? 'font-medium text-warning' : 'text-muted'}`}
    >
      <Words rule={rule} judgement={judgement} isOn={isOn} />
    </p>
  );
}

function Words({ rule, judgement, isOn }: RuleJudgementProps & { readonly judgement: Judgement }) {
  const { t } = useTranslation();
  switch (judgement.kind) {
    case 'off':
      if (judgement.unable !== null)
        return t('pauseRules.unable', { why: t(`pauseRules.unknown.${judgement.unable}`) });
      return isOn ? t('pauseRules.resting') : null;
    case 'free':
      if (judgement.unseen === null) return t('pauseRules.free');
      return t('pauseRules.unseen', { why: t(`pauseRules.unknown.${judgement.unseen}`) });
    case 'unknown':
      if (judgement.why === 'asking') return t('pauseRules.asking');
      if (judgement.why === 'nothing_listed') return t('pauseRules.nothingListed');
      return t('pauseRules.unable', { why: t(`pauseRules.unknown.${judgement.why}`) });
    case 'holds': {
      if (judgement.overridden) return t('pauseRules.overridden');
      const { untilMs, by } = judgement;
      const pause = { reason: rule, untilMs, ...(by === null ? {} : { by }) };
      return (
        <>
          {t('pauseRules.holds', { why: pauseWhy(t, pause) })} <PauseEnd pause={pause} />
        </>
      );
    }
  }
}
