/// <reference lib="webworker" />

// About 100 ms of one core, in registers alone.
const STEPS = 60_000_000;

addEventListener('message', () => {
  let value = 1;
  for (let step = 0; step < STEPS; step++) value = (Math.imul(value, 1_664_525) + 1_013_904_223) | 0;
  postMessage(value);
});
