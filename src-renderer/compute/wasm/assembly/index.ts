export { keyStream } from './chacha20';
export { hashLevel, hashRows } from './commitment';
export { checkRows, randomVector, timesB } from './freivalds';
export { multiplyBlock, multiplyQuarters } from './product';
// Nobody outside calls it: what is exported stays a function of its own, where V8 keeps the sums in registers.
export { multiplyTile } from './tile';
