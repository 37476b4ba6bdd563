import { useTranslation } from 'react-i18next';
import type { SelfCheckFailure } from '../../../../src-shared/compute/lane-status';
import { Moment } from '../../components/moment';
import { SideScroll } from '../../components/side-scroll';
import { formatInteger } from '../../formatting/number';
import { selfCheckFault } from '../../formatting/self-check-fault';

/** The adapter's wrong results, as main lists them: newest first. */
export function WrongResults({ failures }: { readonly failures: readonly SelfCheckFailure[] }) {
  const { t, i18n } = useTranslation();
  return (
    <SideScroll>
      <table className="mt-3 w-full border-collapse [&_tr>*]:py-1 [&_tr>*:not(:last-child)]:pr-4">
        <caption className="text-left font-medium">{t('graphics.wrongResults')}</caption>
        <thead>
          <tr className="border-b border-line text-left text-muted [&>th]:font-medium">
            <th scope="col">{t('graphics.when')}</th>
            <th scope="col" className="text-right">
              {t('tasks.size')}
            </th>
            <th scope="col" className="w-full">
              {t('graphics.whatWasWrong')}
            </th>
          </tr>
        </thead>
        <tbody>
          {failures.map(({ atMs, matrixSize, why }) => (
            <tr
              key={`${atMs} ${matrixSize} ${why}`}
              data-testid="wrong-result"
              className="border-b border-line align-top last:border-b-0"
            >
              <td className="whitespace-nowrap">
                <Moment atMs={atMs} />
              </td>
              <td className="text-right">{formatInteger(matrixSize, i18n.language)}</td>
              <td>{selfCheckFault(t, why)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </SideScroll>
  );
}
