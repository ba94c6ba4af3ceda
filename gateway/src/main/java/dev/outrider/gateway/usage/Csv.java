package dev.outrider.gateway.usage;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Records of use as CSV (RFC 4180), a header line first. */
public final class Csv {

    private static final String HEADER =
            "id,at,robot,model,endpoint,streaming,status,outcome,upstream,prompt_tokens,"
                    + "completion_tokens,estimated,micro_usd,latency_ms,first_token_ms,calls,prompt";

    private Csv() {}

    public static String of(List<Usage> records) {
        return records.stream().map(Csv::line).collect(Collectors.joining("", HEADER + "\r\n", ""));
    }

    private static String line(Usage u) {
        return Stream.of(
                                u.id(),
                                u.at(),
                                u.robot(),
                                u.model(),
                                u.endpoint(),
                                u.streaming(),
                                u.status(),
                                u.outcome(),
                                text(u.upstream()),
                                u.promptTokens(),
                                u.completionTokens(),
                                u.estimated(),
                                u.microUsd(),
                                u.latencyMs(),
                                text(u.firstTokenMs()),
                                u.calls(),
                                text(u.prompt()))
                        .map(field -> quoted(field.toString()))
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    private static Object text(@Nullable Object value) {
        return value == null ? "" : value;
    }

    /**
     * Quoted where needed; a leading sign that a spreadsheet would run as a formula is disarmed.
     */
    private static String quoted(String field) {
        String safe = field.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + field : field;
        boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
