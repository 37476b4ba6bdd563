/// <reference lib="webworker" />
import { measureCores } from './cores';
import { measureGpuTask, measureKernel, measurePeak, measureProduct } from './gpu/gpu-measures';
import type { FromBenchWorker, Measure, Measured, ToBenchWorker } from './measure';
import { measureJavaScript, measureRows, measureTask } from './processor-measures';

addEventListener('message', ({ data: { id, measure } }: MessageEvent<ToBenchWorker>) => {
  const tell = (message: FromBenchWorker) => postMessage(message);
  run(measure).then(
    (measured) => tell({ id, measured }),
    (error) => tell({ id, error: String(error) }),
  );
});

async function run(measure: Measure): Promise<Measured> {
  switch (measure.kind) {
    case 'task':
      return measureTask(measure.n, measure.threads);
    case 'cores':
      return measureCores(measure.threads);
    case 'rows':
      return measureRows(measure.n, measure.threads, measure.rows);
    case 'javascript':
      return measureJavaScript(measure.n);
    case 'product':
      return measureProduct(measure.n, measure.by);
    case 'kernel':
      return measureKernel(measure.n, measure.by);
    case 'gpuTask':
      return measureGpuTask(measure.n, measure.by, measure.threads);
    case 'peak':
      return measurePeak(measure.of);
  }
}
