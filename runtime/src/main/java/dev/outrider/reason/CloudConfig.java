package dev.outrider.reason;

import java.net.URI;
import java.util.Set;

/**
 * Where the cloud rung finds its model.
 *
 * @param chatCompletions the full address of the chat-completions call
 * @param model the model's name, or an alias the gateway knows
 * @param key the bearer key; empty for none. It is never logged.
 */
public record CloudConfig(URI chatCompletions, String model, String key) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * From the base address people write, such as {@code https://gateway.example/v1}.
     *
     * @throws IllegalArgumentException naming what is wrong with it
     */
    public static CloudConfig of(String baseUrl, String model, String key) {
        URI base =
                URI.create(
                        baseUrl.endsWith("/")
                                ? baseUrl.substring(0, baseUrl.length() - 1)
                                : baseUrl);
        boolean https = "https".equals(base.getScheme());
        if (base.getHost() == null || !(https || "http".equals(base.getScheme()))) {
            throw new IllegalArgumentException(
                    "the cloud address is an http or https URL, not \"" + baseUrl + "\"");
        }
        if (!https && !key.isEmpty() && !LOOPBACK.contains(base.getHost())) {
            throw new IllegalArgumentException(
                    "a key is not sent over plain http; use an https cloud address");
        }
        String path = base.getPath().isEmpty() ? "/v1" : "";
        return new CloudConfig(URI.create(base + path + "/chat/completions"), model, key);
    }

    @Override
    public String toString() {
        return "CloudConfig[" + chatCompletions + ", " + model + "]";
    }
}
