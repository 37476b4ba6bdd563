const mapAsync = GPUBuffer.prototype.mapAsync;
let bytes = 0;

// Counted where every library's reading back has to pass, so that nobody's word is taken for it.
GPUBuffer.prototype.mapAsync = function (this: GPUBuffer, mode, offset = 0, size = this.size - offset) {
  if (mode & GPUMapMode.READ) bytes += size;
  return mapAsync.call(this, mode, offset, size);
};

/** Bytes mapped for reading in this worker so far, by whomever. */
export function readBackBytes(): number {
  return bytes;
}
