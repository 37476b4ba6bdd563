import type { ErrorReport } from '../src-shared/errors';
import { SETTING_NAMES, SETTINGS, type Settings } from '../src-shared/settings/settings';
import { backupMayWait } from '../src-shared/wallet/backup-may-wait';
import { Listeners } from './async/listeners';
import type { Clock } from './clock/clock';
import { WallJumps } from './clock/wall-jumps';
import { Compute } from './compute/compute';
import type { ComputeRunner } from './compute/compute-runner';
import { Lane } from './compute/lane';
import { WorkMeter } from './compute/work-meter';
import { History } from './history/history';
import type { BuiltInMarket } from './jobs/built-in-market';
import type { FrameReader } from './jobs/frame-reader';
import { JobSubmissions } from './jobs/job-submissions';
import { Jobs } from './jobs/jobs';
import { Account } from './keys/account';
import { KeyRing } from './keys/key-ring';
import { KnownAddress } from './keys/known-address';
import type { Vault } from './keys/secret-vault';
import { ValidatorTokens } from './keys/validator-tokens';
import type { Machine } from './machine/machine';
import type { Sensors } from './machine/sensors';
import { ChainTasks } from './mining/chain-tasks';
import type { MinerFacts } from './mining/miner-state';
import { MinerStatus } from './mining/miner-status';
import { MinerSwitch } from './mining/miner-switch';
import { type BuiltInNode, NodeConnection } from './mining/node-connection';
import { NodeSession, type SessionChange } from './mining/node-session';
import { Pauses } from './mining/pauses';
import { chainForResults } from './mining/session-chain';
import { Troubles } from './mining/troubles';
import type { Ways } from './network/ways';
import { PauseRules } from './pause-rules/pause-rules';
import type { SignatureChecker } from './signatures/signature-checker';
import { Chapters } from './storage/chapters';
import { Damage } from './storage/damage';
import type { Database } from './storage/database';
import { KernelChoices } from './storage/kernel-choices';
import { Quarantine } from './storage/quarantine';
import { SettingsStore } from './storage/settings-store';
import { AccountActivity } from './submissions/account-activity';
import { FeeCeiling } from './submissions/fee-ceiling';
import { Journal } from './submissions/journal';
import { Orders } from './wallet/orders';
import { WorkLoop } from './work/work-loop';

/** What a miner is made of that differs from one use to the next. */
export type MinerParts = {
  readonly database: Database;
  /** The profile's folder for keys. */
  readonly keysFolder: string;
  /** Where matrices of jobs that wait are kept. */
  readonly matricesFolder: string;
  readonly frameReader: FrameReader;
  readonly signatures: SignatureChecker;
  readonly openVault: () => Promise<Vault>;
  /** One for each lane. */
  readonly runners: readonly ComputeRunner[];
  /** The graphics driver as the system names it, or null where it doesn't. */
  readonly driver: string | null;
  readonly appVersion: string;
  readonly builtIn: BuiltInNode;
  /** What the built-in network offers besides, which it may not have. */
  readonly builtInMarket: BuiltInMarket;
  /** What the command line says goes before what is kept. */
  readonly overrides: Partial<Settings>;
  /** What the validator of this run is shown, in this run alone; null for what is kept. */
  readonly validatorToken: string | null;
  /** What pause rules ask. */
  readonly machine: Machine;
  readonly sensors: Sensors;
  readonly clock: Clock;
  /** The only ways to other machines. */
  readonly ways: Ways;
  /** From 0 up to 1, for waits that are not to be of one length. */
  readonly random: () => number;
  readonly log: (message: string) => void;
  readonly onError: (error: unknown) => void;
};

/** What of a miner changed. `progress` comes several times a second, `busy` with each piece of work. */
export type MinerChange =
  | 'settings'
  | 'key'
  | 'node'
  | 'balance'
  | 'faucet'
  | 'compute'
  | 'busy'
  | 'progress'
  | 'tasks'
  | 'jobs'
  | 'miner'
  | 'pauseRules'
  | 'damage';

/** A whole miner: its parts, for those who need one or another of them. */
export type Miner = {
  /** Told of each change, for whoever shows or follows it. */
  readonly changes: Listeners<MinerChange>;
  readonly settings: SettingsStore;
  readonly account: Account;
  /** All keys of the profile; `account` is the one in use. */
  readonly keys: KeyRing;
  readonly node: NodeConnection;
  readonly journal: Journal;
  readonly activity: AccountActivity;
  /** What a person sends themselves. */
  readonly orders: Orders;
  readonly compute: Compute;
  readonly jobs: Jobs;
  readonly history: History;
  /** Told of each piece of work that the lanes did. */
  readonly meter: WorkMeter;
  readonly tokens: ValidatorTokens;
  readonly builtInMarket: BuiltInMarket;
  readonly power: MinerSwitch;
  readonly pauseRules: PauseRules;
  readonly machine: Machine;
  readonly sensors: Sensors;
  readonly status: MinerStatus;
  readonly troubles: Troubles;
  /** That rows of the database were damaged, and set aside, in this run; null where none were. */
  readonly damage: () => ErrorReport | null;
  /** Why the last task could not be computed, or null. */
  readonly taskError: () => ErrorReport | null;
  /** Looks for the key and connects to the node. */
  open(): Promise<void>;
  /** Tries at once what is waiting for its next try: the keychain, the node. */
  retry(): Promise<void>;
  /** Ends it where it stands: nothing is planned or sent any more. Resolves once a validator has been told, too. */
  close(): Promise<void>;
};

// How long an accepted result counts as recent.
const RECENT_LEAST_MS = 30_000;
const RECENT_BLOCKS = 6;

/** What shows moments to come in wall time. */
const SHOW_WALL_TIME: readonly MinerChange[] = ['node', 'miner'];

/** What the miner's state does not depend on, or is told of by itself. */
const OF_NO_MATTER: ReadonlySet<MinerChange> = new Set(['busy', 'progress', 'miner', 'pauseRules', 'jobs']);
const OF_SESSION: Readonly<Record<SessionChange, MinerChange>> = {
  head: 'node',
  balance: 'balance',
  faucet: 'faucet',
  used_elsewhere: 'key',
};

/** Puts the miner together, without Electron and not yet open: the app, a run without a window and tests use the same. */
export function openMiner(parts: MinerParts): Miner {
  const { database, clock, ways, random, log, onError } = parts;
  const changes = new Listeners<MinerChange>(onError);
  const tells = (change: MinerChange) => () => changes.tell(change);
  const damage = new Damage((row) => {
    onError(new Error(`A row of ${row.table} was damaged, and is kept in set_aside: ${row.reason}`));
    changes.tell('damage');
  });
  database.watchDamaged((row) => damage.add(row));
  const settings = new SettingsStore(database, parts.overrides);
  const journal = new Journal(database, clock.now);
  const openVault = openedOnce(parts.openVault);
  const known = new KnownAddress(settings, parts.keysFolder);
  const account = new Account(known, openVault, () => {
    node.session?.accountChanged();
    jobs.keyChanged();
    changes.tell('key');
  });
  const keys = new KeyRing({
    settings,
    folder: parts.keysFolder,
    account,
    now: clock.now,
    onChange: () => {
      changes.tell('key');
      work.tick();
    },
  });
  const meter = new WorkMeter(clock.monotonic, onError);
  const compute = openCompute(parts, meter);
  compute.configure(settings.current);

  const ceilingUnits = () => {
    const { feeCeilingUnits } = settings.current;
    return feeCeilingUnits === null ? null : BigInt(feeCeilingUnits);
  };
  const jumps = new WallJumps(clock);
  jumps.onJump((byMs) => {
    log(`The clock was set by ${Math.round(byMs)} ms, or the machine slept.`);
    for (const change of SHOW_WALL_TIME) changes.tell(change);
  });
  const ceiling = new FeeCeiling(journal, ceilingUnits, clock, jumps);
  const troubles = new Troubles(() => status.changed());
  const pauseRules: PauseRules = new PauseRules({
    machine: parts.machine,
    settings,
    clock,
    isOn: () => work.running || power.isFinishing,
    isComputing: () => work.isBusy || (work.running && pauses.mayWork),
    onHold: () => work.drop(),
    onChange: () => {
      changes.tell('pauseRules');
      status.changed();
    },
  });
  const pauses: Pauses = new Pauses(clock, pauseRules);
  const chapters = new Chapters(database);
  const activity = new AccountActivity(database);
  const node = new NodeConnection({
    settings: () => settings.current,
    builtIn: parts.builtIn,
    clock,
    random,
    onChange: () => {
      troubles.forget();
      changes.tell('node');
    },
    openSession: (name, url) =>
      new NodeSession({
        name,
        url,
        chapters,
        journal,
        account,
        addresses: () => keys.addresses,
        ceiling,
        activity,
        signatures: parts.signatures,
        troubles,
        clock,
        jumps,
        ways,
        random,
        onChange: (change) => changes.tell(OF_SESSION[change]),
        onDue: (session) => {
          if (work.running) troubles.attempt(() => chain.expectTip(session));
        },
        onTip: (session) => {
          chain.takeTip(session);
          submissions.run();
          work.tick();
        },
      }),
  });

  const orders = new Orders({ journal, keys, session: () => node.required });
  // A key that nobody could bring back is good enough for coins that are worth nothing, and no others.
  const needsBackup = () => {
    const chainId = node.session?.head.binding?.chapter.chainId;
    return chainId !== undefined && !backupMayWait(chainId) && !keys.isKept;
  };

  const chain = new ChainTasks({
    journal,
    account,
    mayMine: () => !needsBackup(),
    pauses,
    ceiling,
    troubles,
    settings: () => settings.current,
    session: () => node.session,
    canCompute: () => compute.isUp,
    onChange: tells('compute'),
  });
  const work = new WorkLoop(compute, parts.runners.length, onError);
  const { validatorUrl } = settings.current;
  const tokens = new ValidatorTokens({
    settings,
    openVault,
    forRun:
      parts.validatorToken === null || validatorUrl === null
        ? null
        : { validator: validatorUrl, token: parts.validatorToken },
    onChange: (validator) => jobs.tokenChanged(validator),
  });
  const jobs = new Jobs({
    database,
    matricesFolder: parts.matricesFolder,
    frameReader: parts.frameReader,
    account,
    settings: () => settings.current,
    builtInMarket: parts.builtInMarket,
    tokens,
    isWorking: () => work.running && pauses.mayWork && !needsBackup(),
    clock,
    random,
    ways,
    agent: `ComputeChain-Miner/${parts.appVersion}`,
    onWork: () => work.tick(),
    onChange: tells('jobs'),
    onAnswers: () => submissions.soon(),
    onError,
    log,
  });
  const session = () => node.session;
  const submissions = new JobSubmissions({
    store: jobs.store,
    journal,
    chain: () => chainForResults({ journal, account, ceiling, troubles, session }),
    clock,
    attempt: (work) => troubles.attempt(work),
    log,
  });
  work.add(jobs);
  work.add(chain);
  const power: MinerSwitch = new MinerSwitch({
    settings,
    work,
    pauses,
    rules: pauseRules,
    isSending: () => resultsUnderWay(journal, node),
    clock,
    onChange: () => status.changed(),
  });

  let lastAccepted: { readonly atMs: number; readonly monotonicMs: number } | null = null;
  const facts = (): MinerFacts => {
    const { session, failure } = node;
    const { address } = account.state;
    const resultFee = session?.resultFee ?? null;
    return {
      running: work.running,
      finishing: power.isFinishing,
      pauses: pauses.current(),
      account: account.state,
      needsBackup: needsBackup(),
      headError: failure?.error ?? session?.head.error ?? null,
      retryAtMs: failure?.retryAtMs ?? session?.head.retryAtMs ?? null,
      storageError: troubles.storage,
      submissionError: troubles.submission,
      computeError: chain.error ?? compute.failure,
      balance: session?.balance ?? null,
      ceiling: address === null || resultFee === null ? null : ceiling.reached(address, resultFee),
      resultFee,
      lastAcceptedAtMs: lastAccepted?.atMs ?? null,
      sinceAcceptedMs: lastAccepted === null ? null : clock.monotonic() - lastAccepted.monotonicMs,
      recentMs: Math.max(RECENT_LEAST_MS, RECENT_BLOCKS * (session?.head.blockTimeMs ?? 0)),
    };
  };
  const status = new MinerStatus({
    facts,
    clock,
    jumps,
    onSettled: (changed) => {
      if (changed) changes.tell('miner');
      compute.letRest(['idle', 'paused'].includes(status.state.kind));
      if (power.look()) status.changed();
      pauseRules.look();
      jobs.pauseChanged();
      work.tick();
    },
  });
  const history = new History({
    ...parts,
    settings,
    meter,
    lanes: parts.runners.length,
    readSensors: () => parts.sensors.latest(),
  });
  changes.add((change) => {
    if (change === 'miner') history.setRunning(!['idle', 'paused'].includes(status.state.kind));
    if (change === 'tasks') history.tasksChanged();
  });
  changes.add((change) => {
    if (change === 'node') jobs.builtInChanged();
    const mayEnd = change === 'busy' && power.isFinishing;
    if (mayEnd || !OF_NO_MATTER.has(change)) status.changed();
  });
  compute.onChange((change) => changes.tell(change === 'status' ? 'compute' : change));
  for (const name of SETTING_NAMES) {
    settings.watch(name, () => {
      if (SETTINGS[name].appliedBy === 'compute') compute.configure(settings.current);
      changes.tell('settings');
    });
  }
  settings.watch('nodeUrl', () => void node.connect());
  settings.watch('validatorUrl', () => jobs.connect());
  settings.watch('jobFrameLimitMiB', () => jobs.connect());
  journal.onChange((task) => {
    if (task.state === 'confirmed') lastAccepted = { atMs: task.updatedAt, monotonicMs: clock.monotonic() };
    changes.tell('tasks');
  });

  return {
    changes,
    settings,
    account,
    keys,
    node,
    journal,
    activity,
    orders,
    compute,
    jobs,
    history,
    meter,
    tokens,
    builtInMarket: parts.builtInMarket,
    power,
    pauseRules,
    machine: parts.machine,
    sensors: parts.sensors,
    status,
    troubles,
    damage: () => damage.report,
    taskError: () => chain.error,
    open: async () => {
      pauseRules.open();
      await account.load();
      jobs.open();
      await node.connect();
    },
    retry: async () => {
      if (account.state.state !== 'ready') await account.load();
      jobs.retry();
      await node.retry();
    },
    close: () => {
      history.close();
      status.close();
      pauseRules.close();
      power.close();
      const told = jobs.close();
      submissions.close();
      work.stop();
      node.close();
      return told;
    },
  };
}

/** Whether a result is on its way to a block, or is in one and not proved yet. */
function resultsUnderWay(journal: Journal, { session }: NodeConnection): boolean {
  const chapter = session?.head.binding?.chapter.id;
  return chapter !== undefined && journal.live(chapter).some(({ state }) => state !== 'planned');
}

/** One vault for all who need it, tried anew where it could not be opened. */
function openedOnce(open: () => Promise<Vault>): () => Promise<Vault> {
  let opened: Vault | null = null;
  return async () => {
    opened ??= await open();
    return opened;
  };
}

function openCompute(
  { database, runners, driver, appVersion, clock, log }: MinerParts,
  meter: WorkMeter,
): Compute {
  const choices = new KernelChoices(database);
  const quarantine = new Quarantine(database);
  const lanes = runners.map(
    (runner, ordinal) =>
      new Lane({
        id: `lane-${ordinal}`,
        ordinal,
        runner,
        choices,
        quarantine,
        driver,
        appVersion,
        now: clock.now,
        meter,
        log,
      }),
  );
  return new Compute(lanes, clock.monotonic);
}
