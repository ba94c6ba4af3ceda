package dev.outrider.gateway.bench;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * One measured figure.
 *
 * @param peer what the plain relay measured in the same run; null where there is none
 */
public record Figure(String name, double value, String unit, @Nullable Double peer) {

    JsonObject json() {
        JsonObject json = new JsonObject().put("value", rounded(value)).put("unit", unit);
        if (peer != null) {
            json.put("peer", rounded(peer)).put("ratio", rounded(value / peer));
        }
        return json;
    }

    String text() {
        String beside =
                peer == null
                        ? ""
                        : "   relay " + rounded(peer) + "   ratio " + rounded(value / peer);
        return "%-16s %10s %s%s".formatted(name, rounded(value), unit, beside);
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
