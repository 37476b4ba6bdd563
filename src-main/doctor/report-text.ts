import { homedir, hostname, userInfo } from 'node:os';
import { findingSentence } from '../../src-shared/doctor/findings';
import type { DoctorReport, Finding } from '../../src-shared/doctor/report';
import type { Settings } from '../../src-shared/settings/settings';
import { isoTime } from '../clock/calendar';
import { redact } from '../diagnostics/redact';

/** What a report tells beside the findings. */
export type ReportFacts = {
  readonly appVersion: string;
  readonly runtime: string;
  readonly system: string;
  readonly settings: Settings;
  /** The newest lines of the log. */
  readonly log: readonly string[];
};

/** One finding as a sentence, with what is to be done. */
export function sentenceOf({ code, params, error }: Finding): string {
  if (error !== null) return error.message;
  return code === null ? '' : findingSentence(code, params);
}

/**
 * A report for whoever helps, as JSON: without secrets, and without who it is and what the machine is called. Addresses
 * and hashes are public and stay.
 */
export function reportText({ atMs, findings }: DoctorReport, facts: ReportFacts): string {
  const report = {
    report: 'computechain-miner-doctor',
    version: 1,
    at: isoTime(atMs),
    app: facts.appVersion,
    runtime: facts.runtime,
    system: facts.system,
    findings: findings.map((finding) => ({
      check: finding.check,
      verdict: finding.verdict,
      code: finding.error?.code ?? finding.code,
      says: sentenceOf(finding),
      ms: finding.tookMs,
    })),
    settings: facts.settings,
    log: facts.log,
  };
  return `${withoutWho(redact(JSON.stringify(report, null, 2)))}\n`;
}

function withoutWho(text: string): string {
  const [home, user, host] = [homedir(), userInfo().username, hostname()];
  const named: readonly (readonly [string, string])[] = [
    [home, '~'],
    [JSON.stringify(home).slice(1, -1), '~'],
    [host, '[host]'],
    [user, '[user]'],
  ];
  return named
    .filter(([name]) => name.length > 2)
    .reduce((all, [name, instead]) => all.replaceAll(name, instead), text)
    .replace(/(\w+:\/\/)[^/\s"@]+@/g, '$1[redacted]@');
}
