package dev.outrider.reason;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the cloud rung finds its model.
 *
 * @param chatCompletions the full addresses of the chat-completions call; more than one where
 *     replicas of the same service are asked in turn
 * @param model the model's name, or an alias the gateway knows
 * @param key the bearer key; empty for none. It is never logged.
 */
public record CloudConfig(List<URI> chatCompletions, String model, String key) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public CloudConfig {
        chatCompletions = List.copyOf(chatCompletions);
        if (chatCompletions.isEmpty()) {
            throw new IllegalArgumentException("the cloud needs an address");
        }
    }

    /**
     * From the base address people write, such as {@code https://gateway.example/v1}; several,
     * divided by commas, are replicas.
     *
     * @throws IllegalArgumentException naming what is wrong with it
     */
    public static CloudConfig of(String baseUrls, String model, String key) {
        List<URI> addresses =
                Arrays.stream(baseUrls.split(",", -1))
                        .map(url -> address(url.strip(), key))
                        .toList();
        return new CloudConfig(addresses, model, key);
    }

    private static URI address(String baseUrl, String key) {
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
        return URI.create(base + path + "/chat/completions");
    }

    @Override
    public String toString() {
        return chatCompletions.stream()
                .map(URI::toString)
                .collect(Collectors.joining(" ", "CloudConfig[", ", " + model + "]"));
    }
}
