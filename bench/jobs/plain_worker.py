"""What a person would write from the specification, with NumPy alone: a worker that takes one job after the other from
a validator, computes it and answers. It keeps nothing, checks nothing, and knows merkle commitments of drawn and given
matrices only. `python3 plain_worker.py PORT`: ws://127.0.0.1:PORT/worker"""

import base64
import hashlib
import json
import os
import socket
import struct
import sys

import numpy as np

ADDRESS = "cpc1plainworker"
OPENED = 8


def rotl(x, n):
    return (x << np.uint32(n)) | (x >> np.uint32(32 - n))


def quarter_round(s, a, b, c, d):
    s[a] += s[b]
    s[d] = rotl(s[d] ^ s[a], 16)
    s[c] += s[d]
    s[b] = rotl(s[b] ^ s[c], 12)
    s[a] += s[b]
    s[d] = rotl(s[d] ^ s[a], 8)
    s[c] += s[d]
    s[b] = rotl(s[b] ^ s[c], 7)


def key_stream(seed, first, length):
    """RFC 8439, all blocks at once."""
    blocks = -(-length // 64)
    start = np.empty((16, blocks), np.uint32)
    start[:4] = np.frombuffer(b"expand 32-byte k", "<u4")[:, None]
    start[4:12] = np.frombuffer(seed, "<u4")[:, None]
    start[12] = np.arange(blocks)
    start[13:] = np.frombuffer(bytes([first]) + bytes(11), "<u4")[:, None]
    s = start.copy()
    for _ in range(10):
        quarter_round(s, 0, 4, 8, 12)
        quarter_round(s, 1, 5, 9, 13)
        quarter_round(s, 2, 6, 10, 14)
        quarter_round(s, 3, 7, 11, 15)
        quarter_round(s, 0, 5, 10, 15)
        quarter_round(s, 1, 6, 11, 12)
        quarter_round(s, 2, 7, 8, 13)
        quarter_round(s, 3, 4, 9, 14)
    return (s + start).T.astype("<u4").tobytes()[:length]


def sha256(data):
    return hashlib.sha256(data).digest()


def tree(leaves):
    """RFC 6962 shape: the root, and each leaf's audit path."""
    if len(leaves) == 1:
        return leaves[0], [[]]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    left, left_paths = tree(leaves[:split])
    right, right_paths = tree(leaves[split:])
    paths = [path + [right] for path in left_paths] + [path + [left] for path in right_paths]
    return sha256(b"\x01" + left + right), paths


def commit(c, seed):
    rows, columns = c.shape
    start = b"\x00" + b"CPC matrix_mult_v1".ljust(19, b"\x00") + struct.pack("<I", columns)
    digests = []
    for row in range(rows):
        data = c[row].tobytes()
        chunks = [
            sha256(start + struct.pack("<II", row, at // 1024) + seed + data[at : at + 1024])
            for at in range(0, len(data), 1024)
        ]
        digests.append(tree(chunks)[0])
    root, paths = tree(digests)
    proof = struct.pack("<BBHIQ", 1, 0, OPENED, rows, 0)
    for j in range(OPENED):
        drawn = sha256(b"\x02" + root + seed + struct.pack("<I", j))
        proof += b"".join(paths[int.from_bytes(drawn[:4], "little") % rows])
    return root.hex(), proof.hex()


def work(payload):
    if payload["challenge_type"] == "synthetic":
        n = payload["matrix_size"]
        seed = bytes.fromhex(payload["seed"])
        a = np.frombuffer(key_stream(seed, 0x41, n * n), np.int8).reshape(n, n)
        b = np.frombuffer(key_stream(seed, 0x42, n * n), np.int8).reshape(n, n).T
    else:
        rows, inner, columns = payload["rows"], payload["inner"], payload["columns"]
        bytes_a, bytes_b = base64.b64decode(payload["a"]), base64.b64decode(payload["b"])
        seed = sha256(struct.pack("<III", rows, inner, columns) + bytes_a + bytes_b)
        a = np.frombuffer(bytes_a, np.int8).reshape(rows, inner)
        b = np.frombuffer(bytes_b, np.int8).reshape(inner, columns)
    c = (a.astype(np.float64) @ b.astype(np.float64)).astype("<i4")
    return commit(c, seed)


def answer(job):
    result_hash, proof = work(job["payload"])
    return {
        "type": "job_result",
        "job_id": job["job_id"],
        "worker_address": ADDRESS,
        "result_hash": result_hash,
        "proof": proof,
    }


def connect(port):
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    key = base64.b64encode(os.urandom(16)).decode()
    connection.sendall(
        (
            f"GET /worker HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
        ).encode()
    )
    stream = connection.makefile("rb")
    while stream.readline() not in (b"\r\n", b""):
        pass
    return connection, stream


def frames(stream):
    """RFC 6455: opcode and payload of each frame; the validator of the bench neither masks nor fragments."""
    while head := stream.read(2):
        length = head[1] & 0x7F
        if length == 126:
            (length,) = struct.unpack(">H", stream.read(2))
        elif length == 127:
            (length,) = struct.unpack(">Q", stream.read(8))
        yield head[0] & 0x0F, stream.read(length)


def send(connection, opcode, data):
    length = len(data)
    size = bytes([0x80 | length]) if length < 126 else b"\xfe" + struct.pack(">H", length)
    if length > 0xFFFF:
        size = b"\xff" + struct.pack(">Q", length)
    # A mask of zeros leaves the payload as it is.
    connection.sendall(bytes([0x80 | opcode]) + size + bytes(4) + data)


def main():
    connection, stream = connect(int(sys.argv[1]))
    for opcode, data in frames(stream):
        if opcode == 9:
            send(connection, 10, data)
        elif opcode == 1:
            send(connection, 1, json.dumps(answer(json.loads(data))).encode())


main()
