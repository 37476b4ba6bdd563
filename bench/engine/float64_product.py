"""What a person would write: the product in float64, then SHA-256 of C as int32. Each line on stdin is one run."""

import hashlib
import sys
import time

import numpy

n = int(sys.argv[1])
random = numpy.random.default_rng(1)
a, b = (random.integers(-128, 128, (n, n)).astype(numpy.float64) for _ in range(2))
for _ in sys.stdin:
    started = time.perf_counter()
    c = a @ b
    hashlib.sha256(c.astype("<i4").tobytes()).hexdigest()
    print((time.perf_counter() - started) * 1000, flush=True)
