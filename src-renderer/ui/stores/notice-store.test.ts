import { beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode, ErrorReport } from '../../../src-shared/errors';
import { dismissNotice, showNotice, useNoticeStore } from './notice-store';

const report = (code: ErrorCode): ErrorReport => ({
  code,
  message: '',
  remedy: 'none',
  retryable: false,
  params: {},
});
const codes = () => useNoticeStore.getState().notices.map((notice) => notice.report.code);

beforeEach(() => useNoticeStore.setState({ notices: [] }));

describe('notices', () => {
  it('keep the three newest', () => {
    for (const code of ['internal', 'not_found', 'disk_full', 'gpu_failed'] as const)
      showNotice(report(code));
    expect(codes()).toEqual(['not_found', 'disk_full', 'gpu_failed']);
  });

  it('do not pile up when the same thing fails again', () => {
    for (const code of ['internal', 'not_found', 'internal'] as const) showNotice(report(code));
    expect(codes()).toEqual(['not_found', 'internal']);
  });

  it('go when they are dismissed', () => {
    showNotice(report('internal'));
    for (const { id } of useNoticeStore.getState().notices) dismissNotice(id);
    expect(codes()).toEqual([]);
  });
});
