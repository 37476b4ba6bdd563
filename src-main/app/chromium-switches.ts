/** One Chromium switch; without a value it is a flag. */
export type Switch = readonly [name: string, value?: string];

type Start = {
  readonly platform: NodeJS.Platform;
  /** SwiftShader stands in for a graphics card, for tests and for those who ask for it. */
  readonly softwareGpu: boolean;
  /** What was given for a switch on the command line; empty where it was not. */
  readonly given: (name: string) => string;
};

/** `--headless` is ours: Chromium's own would take another way to the graphics card than a window does. */
const NOT_OURS: readonly string[] = ['headless'];

/**
 * What opens the pages to a debugger, which a packaged app takes none of. No fuse covers them: they go from the command
 * line before Chromium looks for them.
 */
const DEBUGGING = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-debugging-socket-name',
  'remote-debugging-targets',
  'remote-allow-origins',
] as const;

/** What goes from Chromium's command line before it reads it. */
export function notForChromium(isPackaged: boolean): readonly string[] {
  return isPackaged ? [...NOT_OURS, ...DEBUGGING] : NOT_OURS;
}

/** What Chromium has to be told before it starts. */
export function chromiumSwitches(start: Start): Switch[] {
  return [...OFFLINE, ...LASTING, ...featureSwitches(start), ...webGpuSwitches(start)];
}

/**
 * The network is main's alone, through Node. Chromium's own habits, as fetching dictionaries to check spelling by, find
 * no name: its pages are `app://` and need none.
 */
const OFFLINE: readonly Switch[] = [['host-resolver-rules', 'MAP * ~NOTFOUND']];

/** Chromium ends the app where its GPU process has crashed some times over; here the adapter is put out of use instead. */
const LASTING: readonly Switch[] = [['disable-gpu-process-crash-limit']];

/**
 * Features that are on beside those that a person asked for. On Linux Chromium's own network, of which nothing is asked
 * but the app's files, has no process of its own, which would hold some 15 MiB (ADR 28).
 */
function featureSwitches({ platform, softwareGpu, given }: Start): Switch[] {
  const features = [
    ...(platform === 'linux' ? ['NetworkServiceInProcess2'] : []),
    ...(usesVulkan(platform, softwareGpu) ? ['Vulkan'] : []),
  ];
  if (features.length === 0) return [];
  return [['enable-features', features.reduce(withFeature, given('enable-features'))]];
}

/** Whether WebGPU is behind flags here, which for some drivers it is on Linux. */
function usesVulkan(platform: NodeJS.Platform, softwareGpu: boolean): boolean {
  return platform === 'linux' || softwareGpu;
}

/**
 * What is needed for WebGPU beside its feature. On Linux the processor draws the window, too:
 * the graphics card and its memory are left to what is computed there, behind which a window would have to wait (ADR 28).
 */
function webGpuSwitches({ platform, softwareGpu }: Start): Switch[] {
  if (!usesVulkan(platform, softwareGpu)) return [];
  const software: Switch[] = [
    ['use-vulkan', 'swiftshader'],
    ['use-angle', 'swiftshader'],
    ['enable-unsafe-swiftshader'],
  ];
  return [
    ['enable-unsafe-webgpu'],
    ['ignore-gpu-blocklist'],
    ...(platform === 'linux' ? ([['disable-gpu-compositing']] as const) : []),
    ...(softwareGpu ? software : []),
  ];
}

/** A list of features with one more, unless it is there already, be it with parameters (`Name:a/b`) or a trial (`Name<Trial`). */
function withFeature(list: string, name: string): string {
  const features = list.split(',').filter((feature) => feature.trim() !== '');
  const names = features.map((feature) => feature.trim().split(/[:<]/)[0]);
  return (names.includes(name) ? features : [...features, name]).join(',');
}
