package dev.outrider.model;

import java.util.Arrays;
import java.util.Optional;

/** Where a command's sender wants it reasoned about. The reflex rung is the last resort of each. */
public enum RoutingPolicy {
    PREFER_ON_DEVICE("prefer_on_device"),
    ONLY_ON_DEVICE("only_on_device"),
    PREFER_IN_CLOUD("prefer_in_cloud"),
    ONLY_IN_CLOUD("only_in_cloud");

    private final String wireName;

    RoutingPolicy(String wireName) {
        this.wireName = wireName;
    }

    /** The name on the wire, as in {@code "mode":"prefer_on_device"}. */
    public String wireName() {
        return wireName;
    }

    /** The policy of that wire name, or empty. */
    public static Optional<RoutingPolicy> named(String wireName) {
        return Arrays.stream(values()).filter(p -> p.wireName.equals(wireName)).findFirst();
    }
}
