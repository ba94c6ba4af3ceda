package dev.outrider.ai.llama;

/**
 * How the next token is chosen from the model's distribution. Applied in the order top-k, top-p,
 * min-p, temperature, as llama.cpp does.
 *
 * @param temperature 0 always takes the likeliest token
 * @param topK only the k likeliest; 0 for all
 * @param topP only the likeliest that together have this probability; 1 for all
 * @param minP only those at least this probable relative to the likeliest; 0 for all
 * @param seed of the random choice; the same seed gives the same answer
 */
public record Sampling(float temperature, int topK, float topP, float minP, int seed) {
    public Sampling {
        require("temperature", temperature, temperature >= 0 && temperature <= 100);
        require("topK", topK, topK >= 0);
        require("topP", topP, topP > 0 && topP <= 1);
        require("minP", minP, minP >= 0 && minP < 1);
    }

    /** Always the likeliest token. */
    public static Sampling greedy() {
        return new Sampling(0, 0, 1, 0, 0);
    }

    /** By chance, with the probabilities sharpened (below 1) or flattened (above). */
    public static Sampling random(float temperature, int seed) {
        return new Sampling(temperature, 0, 1, 0, seed);
    }

    public Sampling withTopK(int k) {
        return new Sampling(temperature, k, topP, minP, seed);
    }

    public Sampling withTopP(float p) {
        return new Sampling(temperature, topK, p, minP, seed);
    }

    public Sampling withMinP(float p) {
        return new Sampling(temperature, topK, topP, p, seed);
    }

    boolean isGreedy() {
        return temperature == 0;
    }

    private static void require(String name, float value, boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("sampling: %s cannot be %s".formatted(name, value));
        }
    }
}
