import { useTranslation } from 'react-i18next';
import type { Check } from '../../../../src-shared/ipc/task-row';
import { CheckMark } from '../../components/check-mark';
import { CheckValue } from '../../components/check-value';
import { checkName } from '../../formatting/check-name';

/** What the block says beside what this machine expects or recomputed, check by check. */
export function BlockChecks({ checks }: { readonly checks: readonly Check[] }) {
  const { t } = useTranslation();
  return (
    <table className="w-full table-fixed border-collapse">
      <thead>
        <tr className="text-left text-muted [&>th]:border-b [&>th]:border-line [&>th]:pb-1 [&>th]:font-medium">
          <th scope="col" className="w-[34%]">
            {t('blocks.check')}
          </th>
          <th scope="col">{t('blocks.inBlock')}</th>
          <th scope="col">{t('blocks.recomputed')}</th>
          <th scope="col" className="w-32">
            {t('blocks.verdict')}
          </th>
        </tr>
      </thead>
      <tbody>
        {checks.map(({ name, ok, expected, actual }) => (
          <tr
            key={name}
            data-testid="block-check"
            data-name={name}
            data-ok={String(ok)}
            className={`border-b border-line last:border-b-0 align-top [&>*]:break-words [&>*]:py-1 [&>*]:pr-2 ${ok === false ? 'bg-danger-soft' : ''}`}
          >
            <th scope="row" title={checkName(t, name)} className="text-left font-normal">
              {checkName(t, name)}
            </th>
            <td>
              <CheckValue name={name} text={actual} what={t('blocks.inBlock')} />
            </td>
            <td>
              <CheckValue name={name} text={expected} what={t('blocks.recomputed')} />
            </td>
            <td>
              <CheckMark ok={ok} word />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
