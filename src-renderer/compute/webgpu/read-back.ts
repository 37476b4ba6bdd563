/** Reads the first bytes of a buffer of the adapter as words. */
export async function readBack(device: GPUDevice, source: GPUBuffer, bytes: number): Promise<Uint32Array> {
  const { MAP_READ, COPY_DST } = GPUBufferUsage;
  const copy = device.createBuffer({ size: bytes, usage: MAP_READ | COPY_DST });
  try {
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(source, 0, copy, 0, bytes);
    device.queue.submit([encoder.finish()]);
    await copy.mapAsync(GPUMapMode.READ);
    return new Uint32Array(copy.getMappedRange().slice(0));
  } finally {
    copy.destroy();
  }
}
