package dev.outrider.gateway.upstream;

/** What can be asked of an upstream. */
public enum Endpoint {
    CHAT("/chat/completions"),
    EMBEDDINGS("/embeddings");

    private final String path;

    Endpoint(String path) {
        this.path = path;
    }

    /** The path below an upstream's base address. */
    public String path() {
        return path;
    }
}
