import { describe, expect, it } from 'vitest';
import { chromiumSwitches, notForChromium } from './chromium-switches';

const WINDOW = { platform: 'linux', softwareGpu: false } as const;

/** The switches of a start, by name, where a person gave others. */
function told(start: Partial<Parameters<typeof chromiumSwitches>[0]>, given: Record<string, string> = {}) {
  const switches = chromiumSwitches({ ...WINDOW, ...start, given: (name) => given[name] ?? '' });
  return new Map(switches.map(([name, value]) => [name, value ?? '']));
}

describe('what Chromium is told', () => {
  it('is, on every system, to resolve no name, and to outlive a GPU process that crashes', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      const switches = told({ platform });
      expect(switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND');
      expect(switches.has('disable-gpu-process-crash-limit')).toBe(true);
    }
  });

  it('is, on Linux, to leave the graphics card to what is computed on it, and not to draw the window there', () => {
    for (const softwareGpu of [true, false]) {
      const switches = told({ softwareGpu });
      expect(switches.has('enable-unsafe-webgpu')).toBe(true);
      expect(switches.has('disable-gpu-compositing')).toBe(true);
    }
    for (const softwareGpu of [true, false])
      expect(told({ platform: 'darwin', softwareGpu }).has('disable-gpu-compositing')).toBe(false);
  });

  it('keeps the features that a person asked for, beside ours', () => {
    const features = (start: Parameters<typeof told>[0], given?: string) =>
      told(start, given === undefined ? {} : { 'enable-features': given }).get('enable-features');
    const OURS = 'NetworkServiceInProcess2,Vulkan';
    expect(features({})).toBe(OURS);
    expect(features({}, 'WaylandWindowDecorations,X<Trial')).toBe(`WaylandWindowDecorations,X<Trial,${OURS}`);
    expect(features({}, 'Vulkan:a/b')).toBe('Vulkan:a/b,NetworkServiceInProcess2');
    expect(features({ softwareGpu: true }, 'Other')).toBe(`Other,${OURS}`);
    expect(features({ platform: 'win32', softwareGpu: true })).toBe('Vulkan');
    expect(features({ platform: 'darwin' })).toBeUndefined();
  });
});

it('debuggers are kept out of a package alone, and its own --headless out of both', () => {
  expect(notForChromium(false)).toEqual(['headless']);
  expect(notForChromium(true)).toEqual(
    expect.arrayContaining([
      'headless',
      'remote-debugging-port',
      'remote-debugging-pipe',
      'remote-allow-origins',
    ]),
  );
});
