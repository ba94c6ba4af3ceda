/* The peer of "outrider bench openvino": the same calls in C. Declares what it uses, so that the
   library alone is enough. arguments: model type dims repetitions cache-folder */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct { int64_t rank; int64_t* dims; } shape_t;
typedef struct { const char* key; const void* value; } property_t;
int ov_core_create(void** core);
int ov_core_compile_model_from_file_props(void*, const char*, const char*, size_t, const property_t*, void**);
int ov_compiled_model_create_infer_request(void*, void**);
int ov_tensor_create_from_host_ptr(unsigned, shape_t, void*, void**);
int ov_tensor_data(void*, void**);
void ov_tensor_free(void*);
int ov_infer_request_set_input_tensor_by_index(void*, size_t, void*);
int ov_infer_request_get_output_tensor_by_index(void*, size_t, void**);
int ov_infer_request_infer(void*);
const char* ov_get_last_err_msg(void);

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}
static int order(const void* a, const void* b) {
  double x = *(const double*)a, y = *(const double*)b;
  return x < y ? -1 : x > y;
}
static void check(int status) {
  if (status) {
    fprintf(stderr, "status %d: %s\n", status, ov_get_last_err_msg());
    exit(1);
  }
}

int main(int argc, char** argv) {
  if (argc != 6) return 2;
  unsigned type = atoi(argv[2]);
  int64_t dims[8];
  shape_t shape = {0, dims};
  size_t elements = 1;
  for (char* d = strtok(argv[3], ","); d && shape.rank < 8; d = strtok(NULL, ",")) {
    dims[shape.rank++] = atoll(d);
    elements *= atoll(d);
  }
  int reps = atoi(argv[4]);
  double* times = malloc(reps * sizeof(double));
  size_t bytes = (elements * 4 + 63) / 64 * 64;
  char* host = aligned_alloc(64, bytes);
  memset(host, 0, bytes);
  void *core, *model, *request;
  property_t properties[] = {{"INFERENCE_NUM_THREADS", "1"}, {"NUM_STREAMS", "1"}, {"CACHE_DIR", argv[5]}};
  check(ov_core_create(&core));
  check(ov_core_compile_model_from_file_props(core, argv[1], "CPU", 3, properties, &model));
  check(ov_compiled_model_create_infer_request(model, &request));
  int sum = 0;
  for (int k = -reps / 2; k < reps; k++) {
    double start = now();
    void *in, *out, *data;
    host[0] = (char)k;
    check(ov_tensor_create_from_host_ptr(type, shape, host, &in));
    check(ov_infer_request_set_input_tensor_by_index(request, 0, in));
    ov_tensor_free(in);
    check(ov_infer_request_infer(request));
    check(ov_infer_request_get_output_tensor_by_index(request, 0, &out));
    check(ov_tensor_data(out, &data));
    sum += *(char*)data;
    ov_tensor_free(out);
    if (k >= 0) times[k] = now() - start;
  }
  qsort(times, reps, sizeof(double), order);
  printf("%.0f\n", times[reps / 2]);
  return sum == 1 << 30;
}
