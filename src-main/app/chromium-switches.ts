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
  return [...OFFLINE, ...LASTING, ...webGpuSwitches(start)];
}

/**
 * The network is main's alone, through Node. Chromium's own habits, as fetching dictionaries to check spelling by, find
 * no name: its pages are `app://` and need none.
 */
const OFFLINE: readonly Switch[] = [['host-resolver-rules', 'MAP * ~NOTFOUND']];

/** Chromium ends the app where its GPU process has crashed some times over; here the adapter is put out of use instead. */
const LASTING: readonly Switch[] = [['disable-gpu-process-crash-limit']];

/**
 * What is needed for WebGPU: on Linux it is behind a flag for some drivers. There the processor draws the window, too:
 * the graphics card and its memory are left to what is computed there, behind which a window would have to wait (ADR 28).
 */
function webGpuSwitches({ platform, softwareGpu, given }: Start): Switch[] {
  if (platform !== 'linux' && !softwareGpu) return [];
  const software: Switch[] = [
    ['use-vulkan', 'swiftshader'],
    ['use-angle', 'swiftshader'],
    ['enable-unsafe-swiftshader'],
  ];
  return [
    ['enable-features', withFeature(given('enable-features'), 'Vulkan')],
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
