import { describe, expect, it, vi } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { type SensorSample, Sensors } from './sensors';

const NOTHING = { temperatureC: null, powerW: null };

function source(sample: SensorSample, everyMs = 1000) {
  return { everyMs, read: vi.fn(async () => sample) };
}

describe('the sensors', () => {
  it('tell the hottest temperature and all of the power', async () => {
    const sources = [
      source({ temperatureC: 50, powerW: null }),
      source({ temperatureC: 71, powerW: 120 }),
      source({ temperatureC: null, powerW: 30 }),
    ];
    expect(await new Sensors(sources, new VirtualClock()).read()).toEqual({ temperatureC: 71, powerW: 150 });
    expect(await new Sensors([], new VirtualClock()).read()).toEqual(NOTHING);
  });

  it('are measured only where somebody asks, once at a time, and each no more often than it is worth', async () => {
    const clock = new VirtualClock();
    const [cheap, dear] = [source(NOTHING, 1000), source(NOTHING, 10_000)];
    const sensors = new Sensors([cheap, dear], clock);
    await clock.advance(60_000);
    expect(cheap.read).not.toHaveBeenCalled();
    await Promise.all([sensors.read(), sensors.read()]);
    await clock.advance(999);
    await sensors.read();
    expect([cheap.read.mock.calls.length, dear.read.mock.calls.length]).toEqual([1, 1]);
    await clock.advance(1);
    await sensors.read();
    expect([cheap.read.mock.calls.length, dear.read.mock.calls.length]).toEqual([2, 1]);
  });

  it('tell at once what was measured last, as long as that says something', async () => {
    const clock = new VirtualClock();
    const sensors = new Sensors([source({ temperatureC: 60, powerW: null }, 500_000)], clock);
    expect(sensors.latest()).toEqual(NOTHING);
    await clock.advance(119_999);
    expect(sensors.latest()).toEqual({ temperatureC: 60, powerW: null });
    await clock.advance(1);
    expect(sensors.latest()).toEqual(NOTHING);
  });

  it('tell nothing of a source that fails', async () => {
    const broken = { everyMs: 1, read: () => Promise.reject(new Error('no such file')) };
    expect(await new Sensors([broken], new VirtualClock()).read()).toEqual(NOTHING);
  });
});
