import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import {
  type KernelChoice,
  type KernelMeasurement,
  SIZE_CLASSES,
  type SizeClass,
  sizesOf,
} from '../../../../src-shared/ipc/kernel-choice';
import { Moment } from '../../components/moment';
import { SideScroll } from '../../components/side-scroll';
import { formatGops, formatInteger, formatIntegers } from '../../formatting/number';
import { choiceFor, kernelTable } from './kernel-table';

/** Each measured kernel's speed over the classes of matrix sizes; the chosen ones are marked. */
export function KernelSpeeds({ choices }: { readonly choices: readonly KernelChoice[] }) {
  const { t } = useTranslation();
  return (
    <SideScroll>
      <table className="w-full border-collapse whitespace-nowrap [&_td]:text-right [&_tr>*]:py-1 [&_tr>*:not(:first-child)]:pl-2">
        <thead>
          <tr className="border-b border-line text-muted [&>th]:font-medium">
            <th scope="col" className="text-left">
              {t('graphics.kernelSpeed')}
            </th>
            {SIZE_CLASSES.map((sizeClass) => (
              <th key={sizeClass} scope="col" className="text-right">
                <Sizes of={sizeClass} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kernelTable(choices).map(({ name, cells }) => (
            <tr key={name} data-testid="kernel" data-name={name} className="border-b border-line">
              <th scope="row" className="text-left font-normal">
                {name}
              </th>
              {cells.map(({ sizeClass, measurement, chosen }) => (
                <td key={sizeClass} data-size-class={sizeClass} data-chosen={chosen}>
                  <Speed measurement={measurement} chosen={chosen} />
                </td>
              ))}
            </tr>
          ))}
          <tr className="align-top whitespace-normal text-muted">
            <th scope="row" className="text-left font-normal">
              {t('graphics.measured')}
            </th>
            {SIZE_CLASSES.map((sizeClass) => (
              <td key={sizeClass}>
                <MeasuredAt choice={choiceFor(choices, sizeClass)} />
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </SideScroll>
  );
}

function Sizes({ of }: { readonly of: SizeClass }) {
  const { t, i18n } = useTranslation();
  const { from, to } = sizesOf(of);
  if (to === null) return t('graphics.sizesFrom', { from: formatInteger(from, i18n.language) });
  if (from === 1) return t('graphics.sizesTo', { to: formatInteger(to, i18n.language) });
  return formatIntegers(from, to, i18n.language);
}

type SpeedProps = { readonly measurement: KernelMeasurement | null; readonly chosen: boolean };

function Speed({ measurement, chosen }: SpeedProps) {
  const { t, i18n } = useTranslation();
  if (measurement === null) return <span className="text-muted">{t('app.none')}</span>;
  if (!measurement.ran) return <span className="text-danger">{t('graphics.notRunning')}</span>;
  if (!measurement.exact) return <span className="text-danger">{t('graphics.notExact')}</span>;
  const gops = formatGops(measurement.gops, i18n.language);
  if (!chosen) return gops;
  return (
    <span className="font-semibold text-accent">
      <Check size={14} aria-hidden className="mr-1 inline align-text-bottom" />
      {gops}
      <span className="sr-only">, {t('graphics.chosen')}</span>
    </span>
  );
}

function MeasuredAt({ choice }: { readonly choice: KernelChoice | null }) {
  const { t } = useTranslation();
  return choice === null ? t('app.none') : <Moment atMs={choice.measuredAtMs} />;
}
