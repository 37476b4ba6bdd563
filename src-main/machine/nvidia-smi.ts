import { runProgram } from './run-program';
import { NO_SAMPLE, type SensorSample, type SensorSource } from './sensors';

const ARGUMENTS = ['--query-gpu=temperature.gpu,power.draw', '--format=csv,noheader,nounits'];

/**
 * The sensors of NVIDIA's cards, which its driver shows to no one but its own program.
 * @param run asks for what a program prints
 */
export function nvidiaSensors(run: typeof runProgram = runProgram): SensorSource {
  let isMissing = false;
  return {
    // A process each time; heat does not come in less.
    everyMs: 10_000,
    read: async () => {
      if (isMissing) return NO_SAMPLE;
      const printed = await run('nvidia-smi', ARGUMENTS);
      isMissing = printed === 'missing';
      return printed === null || printed === 'missing' ? NO_SAMPLE : sampleIn(printed);
    },
  };
}

/** One line a card, `61, 212.34`; what a card does not tell is `[N/A]`. */
function sampleIn(printed: string): SensorSample {
  const cards = printed
    .trim()
    .split('\n')
    .map((line) => line.split(',').map((part) => Number.parseFloat(part)));
  const degrees = cards.flatMap(([degree]) => finite(degree));
  const watts = cards.flatMap(([, watt]) => finite(watt));
  return {
    temperatureC: degrees.length === 0 ? null : Math.max(...degrees),
    powerW: watts.length === 0 ? null : watts.reduce((sum, watt) => sum + watt, 0),
  };
}

function finite(value: number | undefined): number[] {
  return value !== undefined && Number.isFinite(value) ? [value] : [];
}
