export { keyStream } from './chacha20';
export { hashLevel, hashRows } from './commitment';
export { checkRows, randomVector, timesB } from './freivalds';
export { multiplyBlock } from './product';
