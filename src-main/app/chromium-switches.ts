/** One Chromium switch; without a value it is a flag. */
export type Switch = readonly [name: string, value?: string];

/**
 * What Chromium needs here for WebGPU. On Linux it is behind a flag for some drivers; `softwareGpu` makes SwiftShader
 * stand in for a graphics card, for tests and for those who ask for it.
 */
export function webGpuSwitches(platform: NodeJS.Platform, softwareGpu: boolean): Switch[] {
  if (softwareGpu) {
    return [
      ['use-vulkan', 'swiftshader'],
      ['use-angle', 'swiftshader'],
      ['enable-features', 'Vulkan'],
      ['ignore-gpu-blocklist'],
      ['enable-unsafe-webgpu'],
      ['enable-unsafe-swiftshader'],
    ];
  }
  return platform === 'linux'
    ? [['enable-features', 'Vulkan'], ['enable-unsafe-webgpu'], ['ignore-gpu-blocklist']]
    : [];
}
