import type { AdapterInfo } from '../../../src-shared/compute/adapter';
import { AppError } from '../../../src-shared/errors';

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render|warp/i;

/** An adapter with its device. */
export type OpenedDevice = { readonly info: AdapterInfo; readonly device: GPUDevice };

/**
 * Asks for the strongest adapter and a device with all the storage it offers.
 * @returns null where this machine has no adapter
 * @throws AppError `gpu_failed` where there is one and it gives no device
 */
export async function openDevice(): Promise<OpenedDevice | null> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null || adapter === undefined) return null;
  const { maxStorageBufferBindingSize, maxBufferSize } = adapter.limits;
  try {
    const device = await adapter.requestDevice({
      requiredLimits: { maxStorageBufferBindingSize, maxBufferSize },
    });
    return { info: toAdapterInfo(adapter), device };
  } catch (error) {
    throw new AppError('gpu_failed', `The graphics adapter gave no device: ${String(error)}`, {
      remedy: 'run_doctor',
      retryable: true,
      params: { detail: String(error) },
      cause: error,
    });
  }
}

function toAdapterInfo({ info, limits }: GPUAdapter): AdapterInfo {
  const { vendor, architecture, device, description } = info;
  const software = SOFTWARE.test(`${vendor} ${architecture} ${device} ${description}`);
  const maxBufferBytes = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
  const packedDot = navigator.gpu.wgslLanguageFeatures.has('packed_4x8_integer_dot_product');
  return { vendor, architecture, device, description, software, maxBufferBytes, packedDot };
}
