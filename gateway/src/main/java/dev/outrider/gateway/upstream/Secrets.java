package dev.outrider.gateway.upstream;

import java.util.Optional;
import java.util.regex.Pattern;

/** Takes out of foreign text what looks like a key, and what is one. */
final class Secrets {

    private static final int MAX_LENGTH = 500;

    /** Bearer values, provider keys by their prefix, and long runs that hold letters and digits. */
    private static final Pattern LOOKS_SECRET =
            Pattern.compile(
                    "(?i)bearer\\s+\\S+"
                            + "|\\b(?:sk|pk|key|otr|xox[a-z]|ghp)[-_][A-Za-z0-9_*.-]{4,}"
                            + "|\\b(?=[A-Za-z_-]*\\d)(?=[\\d_-]*[A-Za-z])[A-Za-z0-9_-]{24,}");

    private Secrets() {}

    static String masked(String text, Optional<String> key) {
        String known = key.isPresent() ? text.replace(key.get(), "[secret]") : text;
        String masked = LOOKS_SECRET.matcher(known).replaceAll("[secret]");
        return masked.substring(0, Math.min(masked.length(), MAX_LENGTH));
    }
}
