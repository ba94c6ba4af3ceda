# The peer of "outrider bench openvino" in Python: the same calls by OpenVINO's own package.
# arguments: model type dims repetitions cache-folder; prints the median in nanoseconds
import sys
import time

import numpy
import openvino

model, kind, dims, reps, cache = sys.argv[1:]
shape = [int(d) for d in dims.split(",")]
host = numpy.zeros(shape, numpy.uint8 if kind == "u8" else numpy.float32)
compiled = openvino.Core().compile_model(
    model, "CPU", {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1, "CACHE_DIR": cache}
)
request = compiled.create_infer_request()
times, total, reps = [], 0.0, int(reps)
for k in range(-reps // 2, reps):
    start = time.perf_counter_ns()
    request.set_input_tensor(0, openvino.Tensor(host, shared_memory=True))
    request.infer()
    total += float(request.get_output_tensor(0).data.flat[0])
    if k >= 0:
        times.append(time.perf_counter_ns() - start)
print(sorted(times)[reps // 2])
