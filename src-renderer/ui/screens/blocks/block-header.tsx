import { useTranslation } from 'react-i18next';
import type { BlockReport } from '../../../../src-shared/ipc/block-report';
import { Copyable } from '../../components/copyable';
import { Fact, Facts } from '../../components/facts';
import { Moment } from '../../components/moment';
import { formatInteger } from '../../formatting/number';

/** The header's fields, as the node served them. */
export function BlockHeader({ report }: { readonly report: BlockReport }) {
  const { t, i18n } = useTranslation();
  const integer = (value: number | bigint) => formatInteger(value, i18n.language);
  const hashes = [
    { key: 'hash', value: report.hash },
    { key: 'prevHash', value: report.prevHash },
    { key: 'proposer', value: report.proposerAddress },
    { key: 'signature', value: report.signature },
    { key: 'txRoot', value: report.txRoot },
    { key: 'stateRoot', value: report.stateRoot },
    { key: 'computeRoot', value: report.computeRoot },
  ] as const;
  return (
    <Facts columns={2}>
      <Fact name={t('blocks.time')}>
        <Moment atMs={report.timestampMs} />
      </Fact>
      <Fact name={t('blocks.chainId')}>{report.chainId}</Fact>
      {hashes.map(({ key, value }) => (
        <Fact key={key} name={t(`blocks.${key}`)}>
          {value === '' ? t('app.none') : <Copyable text={value} what={t(`blocks.${key}`)} />}
        </Fact>
      ))}
      <Fact name={t('blocks.round')}>{report.round}</Fact>
      <Fact name={t('blocks.transactions')}>{integer(report.txCount)}</Fact>
      <Fact name={t('blocks.gas')}>
        {t('blocks.gasValue', {
          used: integer(BigInt(report.gasUsed)),
          limit: integer(BigInt(report.gasLimit)),
        })}
      </Fact>
    </Facts>
  );
}
