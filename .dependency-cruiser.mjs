const BASE = ['clock', 'async', 'network', 'storage', 'signatures'];
const OF_RESULTS = [...BASE, 'keys', 'chain', 'submissions', 'compute', 'work'];

// Each service of main, and which others it may build on (docs/architecture.md, "Layers").
const SERVICES = {
  clock: [],
  signatures: ['clock', 'async'],
  async: ['clock'],
  network: [],
  storage: ['clock'],
  machine: ['clock', 'async'],
  'pause-rules': ['clock', 'async', 'storage', 'machine'],
  keys: ['clock', 'async', 'storage'],
  chain: BASE,
  submissions: [...BASE, 'keys', 'chain'],
  compute: ['clock', 'async', 'storage'],
  updates: ['clock', 'async', 'network', 'storage'],
  history: ['clock', 'async', 'storage', 'compute'],
  work: [...BASE, 'keys', 'chain', 'submissions', 'compute'],
  jobs: OF_RESULTS,
  mining: [...OF_RESULTS, 'machine', 'pause-rules'],
  wallet: [...OF_RESULTS, 'mining'],
  doctor: [...OF_RESULTS, 'jobs', 'mining', 'machine', 'diagnostics'],
};

// What of a service's folder belongs to the shell: it drives Electron.
const OF_THE_SHELL = '^src-main/compute/(compute-host|electron-compute-page|driver-name)\\.ts$';

/** The layers (docs/architecture.md): pure core ← services ← Electron shell. */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?' },
    },
    {
      name: 'shared-is-pure',
      comment: 'src-shared runs in every process: nothing of Node, Electron or the other folders.',
      severity: 'error',
      from: { path: '^src-shared', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(src-(main|preload|renderer)|e2e|bench)|^electron$',
        dependencyTypes: ['core', 'local', 'npm', 'npm-dev'],
      },
    },
    {
      name: 'shared-without-node',
      severity: 'error',
      from: { path: '^src-shared', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'electron-in-the-shell-only',
      comment: 'Services are tested and run without Electron; only the shell and its adapters touch it.',
      severity: 'error',
      from: {
        path: '^src-main',
        pathNot: '^src-main/(index\\.ts|app/|ipc/electron-ipc\\.ts|compute/|devnet/devnet-host\\.ts)',
      },
      to: { path: '^(node_modules/)?electron(/|$)' },
    },
    {
      name: 'renderers-stand-alone',
      comment: 'A renderer has the shared core and its preload API, nothing of main and nothing of Node.',
      severity: 'error',
      from: { path: '^src-renderer', pathNot: '\\.test\\.ts$' },
      to: { path: '^(src-main|src-preload|node_modules/electron)' },
    },
    {
      name: 'renderers-without-node',
      severity: 'error',
      from: { path: '^src-renderer', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'ui-and-compute-apart',
      severity: 'error',
      from: { path: '^src-renderer/(ui|compute)/' },
      to: { path: '^src-renderer/(ui|compute)/', pathNot: '^src-renderer/$1/' },
    },
    {
      name: 'preload-is-thin',
      severity: 'error',
      from: { path: '^src-preload' },
      to: { path: '^(src-main|src-renderer)' },
    },
    {
      name: 'devnet-apart',
      comment: 'The development network is its own program; the miner knows it by its URL alone.',
      severity: 'error',
      from: { path: '^src-main/devnet/', pathNot: '(devnet-host|\\.test)\\.ts$' },
      to: { path: '^src-main/(app|ipc|keys|chain|submissions|work|mining|jobs|compute|diagnostics)' },
    },
    {
      name: 'main-knows-devnet-by-its-host',
      severity: 'error',
      from: { path: '^src-main', pathNot: '^src-main/(devnet|tools)/|\\.test\\.ts$' },
      to: { path: '^src-main/devnet/', pathNot: '^src-main/devnet/devnet-host\\.ts$' },
    },
    {
      name: 'services-below-shell',
      severity: 'error',
      from: { path: '^src-main/diagnostics/' },
      to: { path: '^src-main/(app|ipc|compute)/' },
    },
    ...Object.entries(SERVICES).map(([service, below]) => ({
      name: `${service}-on-what-is-below`,
      severity: 'error',
      from: { path: `^src-main/${service}/`, pathNot: `\\.test\\.ts$|${OF_THE_SHELL}` },
      to: { path: `^src-main/(?!(${[service, ...below].join('|')})/)` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.(css|wgsl)(\\?raw)?$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
