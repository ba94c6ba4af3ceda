/*
 * The other side of "outrider bench llama": the same work as the engine's, straight on libllama, by a
 * C program as small as can be. It declares the few structs and functions of llama.h 0.5.0 that it
 * needs, so a compiler is enough. Reads one command a line, answers with one line:
 *
 *   prompt FILE              decode the text and choose one token     -> tokens seconds
 *   generate FILE N          then N more, one by one                  -> tokens seconds fingerprint
 *   batch FILE K N           the same for K copies in one batch       -> tokens seconds
 *   logits FILE N OUT        all logits after the prompt and each of N tokens, as raw floats -> floats
 *   memory                   peak resident memory                     -> KiB
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct model_params {
    void *devices, *overrides;
    int32_t n_gpu_layers, split_mode, load_mode, lazy_mode, main_gpu;
    void *tensor_split, *progress, *progress_data, *kv_overrides;
    bool flags[6];
};

struct context_params {
    uint32_t n_ctx, n_batch, n_ubatch, n_seq_max, n_rs_seq, n_outputs_max, n_outputs_max_per_seq;
    int32_t n_threads, n_threads_batch;
    int32_t types[5];
    float factors[6];
    uint32_t yarn_orig_ctx;
    float defrag_thold;
    void *eval, *eval_data;
    int32_t type_k, type_v;
    void *abort, *abort_data;
    bool embeddings, offload_kqv, no_perf, op_offload, swa_full, kv_unified;
    void *samplers;
    size_t n_samplers;
    void *other;
};

struct batch {
    int32_t n_tokens;
    int32_t *token;
    float *embd;
    int32_t *pos, *n_seq_id, **seq_id;
    int8_t *logits;
};

struct chain_params { bool no_perf; };

_Static_assert(sizeof(struct model_params) == 80, "llama_model_params");
_Static_assert(sizeof(struct context_params) == 160, "llama_context_params");
_Static_assert(sizeof(struct batch) == 56, "llama_batch");

void ggml_backend_load_all_from_path(const char *);
void llama_backend_init(void);
void llama_log_set(void (*)(int, const char *, void *), void *);
struct model_params llama_model_default_params(void);
struct context_params llama_context_default_params(void);
void *llama_model_load_from_file(const char *, struct model_params);
void *llama_init_from_model(void *, struct context_params);
const void *llama_model_get_vocab(void *);
int32_t llama_vocab_n_tokens(const void *);
bool llama_vocab_is_eog(const void *, int32_t);
int32_t llama_tokenize(const void *, const char *, int32_t, int32_t *, int32_t, bool, bool);
int32_t llama_token_to_piece(const void *, int32_t, char *, int32_t, int32_t, bool);
int32_t llama_decode(void *, struct batch);
void *llama_get_memory(void *);
void llama_memory_clear(void *, bool);
float *llama_get_logits_ith(void *, int32_t);
struct batch llama_batch_init(int32_t, int32_t, int32_t);
struct chain_params llama_sampler_chain_default_params(void);
void *llama_sampler_chain_init(struct chain_params);
void llama_sampler_chain_add(void *, void *);
void *llama_sampler_init_greedy(void);
int32_t llama_sampler_sample(void *, void *, int32_t);

static void *context;
static const void *vocabulary;
static void *sampler;
static struct batch batch;
static int batch_tokens;
static int32_t tokens[65536];
static uint64_t fingerprint;

static void quiet(int level, const char *text, void *data) {
    (void) level, (void) text, (void) data;
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static void fail(const char *what) {
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static void add(int32_t token, int position, int sequence, bool output) {
    int i = batch.n_tokens++;
    batch.token[i] = token;
    batch.pos[i] = position;
    batch.n_seq_id[i] = 1;
    batch.seq_id[i][0] = sequence;
    batch.logits[i] = output;
}

static void decode(void) {
    if (llama_decode(context, batch) != 0) {
        fail("llama_decode");
    }
    batch.n_tokens = 0;
}

static int tokenize(const char *path) {
    static char text[1 << 20];
    FILE *file = fopen(path, "rb");
    if (!file) {
        fail(path);
    }
    int bytes = (int) fread(text, 1, sizeof text, file);
    fclose(file);
    return llama_tokenize(vocabulary, text, bytes, tokens, 65536, true, true);
}

/* Decodes a prompt into a sequence; its last logits are at the last index. */
static int prompt(int count, int sequence) {
    for (int i = 0; i < count; i++) {
        add(tokens[i], i, sequence, i == count - 1);
        if (batch.n_tokens == batch_tokens || i == count - 1) {
            decode();
        }
    }
    return count;
}

static int32_t next(int index) {
    char piece[256];
    int32_t token = llama_sampler_sample(sampler, context, index);
    int length = llama_token_to_piece(vocabulary, token, piece, sizeof piece, 0, false);
    for (int i = 0; i < length; i++) {
        fingerprint = (fingerprint ^ (unsigned char) piece[i]) * 0x100000001b3u;
    }
    return token;
}

static void run_generate(int count, int most) {
    fingerprint = 0xcbf29ce484222325u;
    int position = prompt(count, 0), said = 1;
    int32_t token = next(-1);
    double begin = seconds();
    while (said < most && !llama_vocab_is_eog(vocabulary, token)) {
        add(token, position++, 0, true);
        decode();
        token = next(-1);
        said++;
    }
    printf("%d %.9f %016llx\n", said - 1, seconds() - begin, (unsigned long long) fingerprint);
}

static void run_batch(int count, int copies, int most) {
    int32_t token[64];
    for (int sequence = 0; sequence < copies; sequence++) {
        prompt(count, sequence);
        token[sequence] = next(-1);
    }
    double begin = seconds();
    for (int said = 1; said < most; said++) {
        for (int sequence = 0; sequence < copies; sequence++) {
            add(token[sequence], count + said - 1, sequence, true);
        }
        decode();
        for (int sequence = 0; sequence < copies; sequence++) {
            token[sequence] = next(sequence);
        }
    }
    printf("%d %.9f\n", copies * (most - 1), seconds() - begin);
}

static void run_logits(int count, int most, const char *path) {
    FILE *out = fopen(path, "wb");
    if (!out) {
        fail(path);
    }
    size_t size = llama_vocab_n_tokens(vocabulary), floats = 0;
    int position = prompt(count, 0);
    for (int said = 0;; said++) {
        floats += fwrite(llama_get_logits_ith(context, -1), sizeof(float), size, out);
        if (said == most) {
            break;
        }
        add(next(-1), position++, 0, true);
        decode();
    }
    fclose(out);
    printf("%zu\n", floats);
}

static void run_memory(void) {
    char line[256];
    long kib = 0;
    FILE *status = fopen("/proc/self/status", "r");
    while (status && fgets(line, sizeof line, status)) {
        sscanf(line, "VmHWM: %ld", &kib);
    }
    printf("%ld\n", kib);
}

static void run(char *line) {
    char path[4096], out[4096];
    int a = 0, b = 0;
    llama_memory_clear(llama_get_memory(context), true);
    if (sscanf(line, "prompt %4095s", path) == 1) {
        double begin = seconds();
        int count = prompt(tokenize(path), 0);
        next(-1);
        printf("%d %.9f\n", count, seconds() - begin);
    } else if (sscanf(line, "generate %4095s %d", path, &a) == 2) {
        run_generate(tokenize(path), a);
    } else if (sscanf(line, "batch %4095s %d %d", path, &a, &b) == 3) {
        run_batch(tokenize(path), a, b);
    } else if (sscanf(line, "logits %4095s %d %4095s", path, &a, out) == 3) {
        run_logits(tokenize(path), a, out);
    } else if (strncmp(line, "memory", 6) == 0) {
        run_memory();
    } else {
        fail(line);
    }
    fflush(stdout);
}

/* Arguments: folder of back ends, model, n_ctx, n_batch, n_ubatch, n_threads, n_seq_max. */
int main(int count, char **arguments) {
    if (count != 8) {
        fail("peer FOLDER MODEL CONTEXT BATCH UBATCH THREADS SEQUENCES");
    }
    llama_log_set(quiet, NULL);
    ggml_backend_load_all_from_path(arguments[1]);
    llama_backend_init();
    struct model_params loading = llama_model_default_params();
    loading.load_mode = 0; /* LLAMA_LOAD_MODE_NONE, as the engine does: weights are read, not mapped */
    void *model = llama_model_load_from_file(arguments[2], loading);
    if (!model) {
        fail("llama_model_load_from_file");
    }
    struct context_params params = llama_context_default_params();
    params.n_ctx = atoi(arguments[3]);
    params.n_batch = batch_tokens = atoi(arguments[4]);
    params.n_ubatch = atoi(arguments[5]);
    params.n_threads = params.n_threads_batch = atoi(arguments[6]);
    params.n_seq_max = atoi(arguments[7]);
    params.kv_unified = true;
    context = llama_init_from_model(model, params);
    if (!context) {
        fail("llama_init_from_model");
    }
    vocabulary = llama_model_get_vocab(model);
    sampler = llama_sampler_chain_init(llama_sampler_chain_default_params());
    llama_sampler_chain_add(sampler, llama_sampler_init_greedy());
    batch = llama_batch_init(batch_tokens, 0, 1);
    printf("ready\n");
    fflush(stdout);
    char line[16384];
    while (fgets(line, sizeof line, stdin)) {
        run(line);
    }
    return 0;
}
