import { expandTemplate } from './template';

const PARAMS_BYTES = 64;

/** The counts that the templates of the passes write their loops out with. */
const COUNTS = { ROUND_GROUPS: 4, SCHEDULE_WORDS: 16, DIGEST_WORDS: 8, VECTORS: 2, LANES: 4, BOTH: 2 };

/** Threads of a workgroup where each does one unit. */
const PASS_THREADS = 64;

/** A compute shader for any size: its sizes come with each dispatch. */
export class Pass {
  readonly #device: GPUDevice;
  readonly #pipeline: GPUComputePipeline;
  readonly #params: GPUBuffer;

  private constructor(device: GPUDevice, pipeline: GPUComputePipeline) {
    this.#device = device;
    this.#pipeline = pipeline;
    const { UNIFORM, COPY_DST } = GPUBufferUsage;
    this.#params = device.createBuffer({ size: PARAMS_BYTES, usage: UNIFORM | COPY_DST });
  }

  /** Compiles a template, or several that make up one shader. */
  static async create(device: GPUDevice, ...templates: string[]): Promise<Pass> {
    const module = device.createShaderModule({ code: expandTemplate(templates.join('\n'), COUNTS) });
    const compute = { module, entryPoint: 'main' };
    return new Pass(device, await device.createComputePipelineAsync({ layout: 'auto', compute }));
  }

  /**
   * Submits one dispatch.
   * @param params the uniform's words, as the shader's struct has them; binding 0
   * @param buffers bindings 1 and on
   */
  submit(params: readonly number[], buffers: readonly GPUBuffer[], workgroups: number): void {
    const { queue } = this.#device;
    // The queue keeps the order: a dispatch before has read its own words already.
    queue.writeBuffer(this.#params, 0, Uint32Array.from(params));
    const bindGroup = this.#device.createBindGroup({
      layout: this.#pipeline.getBindGroupLayout(0),
      entries: [this.#params, ...buffers].map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
    const encoder = this.#device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.#pipeline);
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(workgroups);
    pass.end();
    queue.submit([encoder.finish()]);
  }
}

/** Workgroups for so many threads. */
export function workgroupsFor(threads: number): number {
  return Math.ceil(threads / PASS_THREADS);
}
