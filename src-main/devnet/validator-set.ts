import type { Ledger } from './ledger';
import {
  EJECTION_JAILS,
  JAIL_DURATION_BLOCKS,
  MAX_MISSED_BLOCKS,
  MAX_ROUNDS_PER_HEIGHT,
  MAX_VALIDATORS,
  MIN_VALIDATOR_STAKE,
  SLASHING_RATE,
  share,
} from './parameters';
import type { ValidatorRecord } from './records';

/** Addresses of the active validators in the order they take turns; it changes only between epochs. */
export type ActiveSet = readonly string[];

export function activeSet(ledger: Ledger): ActiveSet {
  return ledger
    .validators()
    .filter(({ isActive }) => isActive)
    .map(({ address }) => address)
    .sort();
}

/** Whose turn a height and round is; undefined where nobody is active. */
export function proposerOf(active: ActiveSet, height: number, round: number): string | undefined {
  return active.length === 0 ? undefined : active[(height + round) % active.length];
}

/** Counts what a block says about its proposer and about those who let their rounds pass. */
export function trackPerformance(
  draft: Ledger,
  active: ActiveSet,
  block: { readonly height: number; readonly round: number; readonly proposer: string },
): void {
  const { height, round, proposer } = block;
  const validator = draft.validator(proposer);
  if (validator !== undefined) {
    draft.setValidator({
      ...validator,
      blocksProposed: validator.blocksProposed + 1,
      lastBlockHeight: height,
      lastSeenHeight: height,
      missedBlocks: 0,
    });
  }
  const expected = draft.validator(proposerOf(active, height, 0) ?? '');
  if (expected?.isActive) {
    draft.setValidator({ ...expected, blocksExpected: expected.blocksExpected + 1 });
  }
  if (height === 0) return;
  for (let missed = 0; missed < Math.min(round, MAX_ROUNDS_PER_HEIGHT); missed += 1) {
    const absent = draft.validator(proposerOf(active, height, missed) ?? '');
    if (absent === undefined || absent.address === proposer || !absent.isActive) continue;
    if (absent.lastSeenHeight < height - 1) continue;
    draft.setValidator({ ...absent, missedBlocks: absent.missedBlocks + 1 });
  }
}

/** The end of an epoch: scores, jail, and who is active in the next one. */
export function endEpoch(draft: Ledger, height: number): void {
  for (const { address, isActive } of draft.validators()) {
    if (!isActive) draft.updateValidator(address, { blocksExpected: 0, blocksProposed: 0, uptimeScore: 1 });
  }
  const totalPower = draft.validators().reduce((sum, { power }) => sum + power, 0n);
  const candidates = draft
    .validators()
    .filter(({ power, jailedUntilHeight }) => power >= MIN_VALIDATOR_STAKE && jailedUntilHeight < height)
    .map((validator) => ({ ...validator, ...scores(validator, totalPower) }));
  for (const candidate of candidates) draft.setValidator(candidate);
  candidates.sort((a, b) => b.performanceScore - a.performanceScore);
  const chosen = new Set(candidates.slice(0, MAX_VALIDATORS).map(({ address }) => address));
  for (const validator of draft.validators()) {
    const { address } = validator;
    if (validator.isActive && validator.missedBlocks >= MAX_MISSED_BLOCKS) jail(draft, validator, height);
    else draft.updateValidator(address, { isActive: chosen.has(address) });
    draft.updateValidator(address, { blocksExpected: 0, blocksProposed: 0 });
  }
  draft.totals = { ...draft.totals, epoch: draft.totals.epoch + 1 };
}

function scores(
  validator: ValidatorRecord,
  totalPower: bigint,
): Pick<ValidatorRecord, 'performanceScore' | 'uptimeScore'> {
  const { blocksExpected, blocksProposed, power, totalPenalties } = validator;
  const uptimeScore = blocksExpected > 0 ? blocksProposed / blocksExpected : 1;
  const stakeRatio = Number(power) / Math.max(Number(totalPower), 1);
  const penaltyRatio = Math.min(Number(totalPenalties) / Math.max(Number(power), 1), 0.5);
  const score = 0.6 * uptimeScore + 0.2 * stakeRatio + 0.2 * (1 - penaltyRatio);
  return { uptimeScore, performanceScore: Math.max(0, Math.min(1, score)) };
}

/** Slashed by 5 %, then 10 %, then everything. */
function jail(draft: Ledger, validator: ValidatorRecord, height: number): void {
  const rate = [SLASHING_RATE, SLASHING_RATE * 2][validator.jailCount] ?? 1;
  const penalty = share(validator.power, rate);
  const jailCount = validator.jailCount + 1;
  const left = validator.power > penalty ? validator.power - penalty : 0n;
  draft.setValidator({
    ...validator,
    power: jailCount >= EJECTION_JAILS ? 0n : left,
    totalPenalties: validator.totalPenalties + penalty,
    jailCount,
    jailedUntilHeight: height + JAIL_DURATION_BLOCKS,
    missedBlocks: 0,
    isActive: false,
  });
}
