const VARINT = 0;
const BYTES = 2;
const FLOAT = 1;
/** What onnxruntime-web knows whole; MatMul has not changed since 13. */
const OPSET = 17;
const IR_VERSION = 8;

/** An ONNX model of one node: `c = MatMul(a, b)`, all n × n f32. Encoded here, so that no tool has to write it. */
export function matMulModel(n: number): Uint8Array {
  const graph = [
    message(1, [text(1, 'a'), text(1, 'b'), text(2, 'c'), text(4, 'MatMul')]),
    text(2, 'product'),
    matrix(11, 'a', n),
    matrix(11, 'b', n),
    matrix(12, 'c', n),
  ];
  return Uint8Array.from([
    ...number(1, IR_VERSION),
    ...message(7, graph),
    ...message(8, [text(1, ''), number(2, OPSET)]),
  ]);
}

/** A ValueInfoProto: name and type of an input or output. */
function matrix(field: number, name: string, n: number): number[] {
  const dimension = message(1, [number(1, n)]);
  const tensor = message(1, [number(1, FLOAT), message(2, [dimension, dimension])]);
  return message(field, [text(1, name), message(2, [tensor])]);
}

/** Fields of Protocol Buffers' wire format. */
function message(field: number, parts: number[][]): number[] {
  const body = parts.flat();
  return [...varint((field << 3) | BYTES), ...varint(body.length), ...body];
}

function text(field: number, value: string): number[] {
  return message(field, [[...new TextEncoder().encode(value)]]);
}

function number(field: number, value: number): number[] {
  return [...varint((field << 3) | VARINT), ...varint(value)];
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}
