import { UNITS_PER_CPC } from '../../src-shared/chain/amount';
import type { LaneStatus } from '../../src-shared/compute/lane-status';
import { TASK_STATES } from '../../src-shared/ipc/task-state';
import { minerStateSchema } from '../../src-shared/mining/miner-state';
import type { Miner } from '../open-miner';
import type { MetricFamily, MetricType, Sample } from './exposition';
import type { Tally } from './tally';

/** What the metrics are read from. */
export type Metered = {
  readonly miner: Pick<Miner, 'account' | 'compute' | 'jobs' | 'node' | 'sensors' | 'status'>;
  readonly tally: Tally;
  readonly appVersion: string;
  /** When this run began, ms since the epoch. */
  readonly startedAtMs: number;
};

type Metric = {
  readonly type: MetricType;
  readonly help: string;
  /** None for what is not known. */
  readonly read: (metered: Metered) => readonly Sample[];
};

const STATES = minerStateSchema.options.map(({ shape }) => shape.kind.value);
const JOB_STATES = ['queued', 'computing', 'answered', 'delivered', 'refused'] as const;
const OPERATIONS_A_GOP = 1e9;

/** Every metric by its name: what a dashboard may ask for. */
export const MINER_METRICS = {
  computechain_miner_info: gauge('The version of the app, as a label.', ({ appVersion }) =>
    known(1, { version: appVersion }),
  ),
  computechain_miner_start_time_seconds: gauge('When this run began, since the epoch.', ({ startedAtMs }) =>
    known(startedAtMs / 1000),
  ),
  computechain_miner_account_info: gauge(
    'The address that results are sent from, as a label.',
    ({ miner }) => {
      const { address } = miner.account.state;
      return address === null ? [] : known(1, { address });
    },
  ),
  computechain_miner_network_info: gauge('The network and its chain, as labels.', ({ miner }) => {
    const binding = miner.node.session?.head.binding ?? null;
    if (binding === null) return [];
    return known(1, { network: binding.network.name, chain_id: binding.chapter.chainId });
  }),
  computechain_miner_state: gauge('1 for the state that the miner is in, 0 for all others.', ({ miner }) =>
    STATES.map((state) => ({ labels: { state }, value: Number(miner.status.state.kind === state) })),
  ),
  computechain_miner_blocked_info: gauge(
    'What keeps it from mining, as labels; nothing while nothing does.',
    ({ miner }) => {
      const { state } = miner.status;
      return state.kind === 'blocked' ? known(1, { stage: state.stage, code: state.error.code }) : [];
    },
  ),
  computechain_miner_last_accepted_timestamp_seconds: gauge(
    'When a result was last seen in a block, since the epoch, while results are being accepted.',
    ({ miner }) => {
      const { state } = miner.status;
      return state.kind === 'mining' ? known(state.lastAcceptedAtMs / 1000) : [];
    },
  ),
  computechain_miner_tasks_total: counter(
    'Tasks that came into a state in this run, each once.',
    ({ tally }) => TASK_STATES.map((state) => ({ labels: { state }, value: tally.tasks.get(state) ?? 0 })),
  ),
  computechain_miner_jobs_total: counter(
    'Jobs of validators that came into a state in this run.',
    ({ tally }) => JOB_STATES.map((state) => ({ labels: { state }, value: tally.jobs.get(state) ?? 0 })),
  ),
  computechain_miner_jobs_queued: gauge('Jobs that wait to be computed.', ({ miner }) =>
    ofNumber(miner.jobs.status?.queued),
  ),
  computechain_miner_jobs_undelivered: gauge(
    'Answers to jobs that the validator has not confirmed.',
    ({ miner }) => ofNumber(miner.jobs.status?.undelivered),
  ),
  computechain_miner_validator_up: gauge(
    '1 where the validator is connected; nothing where none is set.',
    ({ miner }) => {
      const { status } = miner.jobs;
      return status === null ? [] : known(Number(status.state === 'connected'));
    },
  ),
  computechain_miner_operations_total: counter(
    'Integer operations of matrix products, two a multiply-add.',
    ({ tally }) => known(tally.operations),
  ),
  computechain_miner_product_seconds_total: counter('Time spent on matrix products.', ({ tally }) =>
    known(tally.productMs / 1000),
  ),
  computechain_miner_busy_seconds_total: counter('Time spent computing, rests left out.', ({ tally }) =>
    known(tally.busyMs / 1000),
  ),
  computechain_miner_lane_info: gauge('What computes, as labels.', ({ miner }) =>
    miner.compute.status.map((lane) => ({ labels: laneLabels(lane), value: 1 })),
  ),
  computechain_miner_lane_up: gauge('1 where a lane can compute.', (metered) =>
    ofLanes(metered, ({ state }) => Number(state === 'ready' || state === 'busy')),
  ),
  computechain_miner_lane_operations_per_second: gauge(
    'Integer operations a second of the last product.',
    (metered) => ofLanes(metered, ({ lastGops }) => (lastGops === null ? null : lastGops * OPERATIONS_A_GOP)),
  ),
  computechain_miner_lane_quarantined: gauge(
    '1 where an adapter is out of use for wrong results.',
    (metered) => ofLanes(metered, ({ quarantinedSinceMs }) => Number(quarantinedSinceMs !== null)),
  ),
  computechain_miner_self_checks_total: counter(
    'Results that were checked before they were used.',
    ({ miner }) =>
      miner.compute.status.flatMap(({ id, selfChecksPassed, selfChecksFailed }) => [
        { labels: { lane: id, verdict: 'passed' }, value: selfChecksPassed },
        { labels: { lane: id, verdict: 'failed' }, value: selfChecksFailed },
      ]),
  ),
  computechain_miner_temperature_celsius: gauge(
    'The hottest of graphics card and processor; nothing where no sensor tells.',
    ({ miner }) => ofNumber(miner.sensors.latest().temperatureC),
  ),
  computechain_miner_graphics_power_watts: gauge(
    'What the graphics cards take together; nothing where no sensor tells.',
    ({ miner }) => ofNumber(miner.sensors.latest().powerW),
  ),
  computechain_miner_balance_cpc: gauge('The balance of the address.', ({ miner }) =>
    ofUnits(miner.node.session?.balance),
  ),
  computechain_miner_result_fee_cpc: gauge('What one result costs.', ({ miner }) =>
    ofUnits(miner.node.session?.resultFee),
  ),
  computechain_miner_node_up: gauge('1 where the node answers.', ({ miner }) =>
    known(Number(miner.node.session?.head.state === 'online')),
  ),
  computechain_miner_block_height: gauge('The newest block that was verified.', ({ miner }) =>
    ofNumber(miner.node.session?.head.tip?.block.header.height),
  ),
  computechain_miner_block_timestamp_seconds: gauge(
    'When that block was made, since the epoch.',
    ({ miner }) => ofNumber(miner.node.session?.head.tip?.block.header.timestamp),
  ),
  computechain_miner_clock_skew_seconds: gauge(
    "How far this machine's clock is ahead of the chain's.",
    ({ miner }) => {
      const skewMs = miner.node.session?.head.clockSkewMs ?? null;
      return ofNumber(skewMs === null ? null : skewMs / 1000);
    },
  ),
  computechain_miner_used_elsewhere_timestamp_seconds: gauge(
    'When another program was last seen to use the key, since the epoch; nothing where none was.',
    ({ miner }) => {
      const seen = miner.node.session?.usedElsewhere ?? null;
      return ofNumber(seen === null ? null : seen.atMs / 1000);
    },
  ),
} as const satisfies Readonly<Record<string, Metric>>;

/** All metrics as they are now. */
export function minerMetrics(metered: Metered): MetricFamily[] {
  return Object.entries<Metric>(MINER_METRICS).map(([name, { type, help, read }]) => ({
    name,
    type,
    help,
    samples: read(metered),
  }));
}

function gauge(help: string, read: Metric['read']): Metric {
  return { type: 'gauge', help, read };
}

function counter(help: string, read: Metric['read']): Metric {
  return { type: 'counter', help, read };
}

function known(value: number, labels: Sample['labels'] = {}): Sample[] {
  return [{ labels, value }];
}

function ofNumber(value: number | null | undefined): Sample[] {
  return value == null ? [] : known(value);
}

function ofUnits(units: bigint | null | undefined): Sample[] {
  return units == null ? [] : known(Number(units) / Number(UNITS_PER_CPC));
}

function ofLanes({ miner }: Metered, read: (lane: LaneStatus) => number | null): Sample[] {
  return miner.compute.status.flatMap((lane) => {
    const value = read(lane);
    return value === null ? [] : known(value, { lane: lane.id });
  });
}

function laneLabels({ id, engine, adapter, driver }: LaneStatus): Record<string, string> {
  return {
    lane: id,
    engine: engine ?? '',
    vendor: adapter?.vendor ?? '',
    device: adapter?.device ?? '',
    description: adapter?.description ?? '',
    driver: driver ?? '',
  };
}
