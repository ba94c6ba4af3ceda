package dev.outrider.gateway.robot;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A robot that may ask.
 *
 * @param name lower-case letters, digits and dashes
 * @param models the models it may ask for; empty for every one
 * @param tokens its tokens, the newest first; more than one while a rotation is under way
 * @param certificates SHA-256 of its TLS client certificates (DER), in lower-case hexadecimal
 * @param revoked whether it is shut out
 */
public record Robot(
        String name,
        Set<String> models,
        Limits limits,
        List<TokenHash> tokens,
        Set<String> certificates,
        boolean revoked) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public Robot {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a robot's name is 1 to 63 lower-case letters, digits and dashes, not \""
                            + name
                            + "\"");
        }
        models = Set.copyOf(models);
        tokens = List.copyOf(tokens);
        certificates = Set.copyOf(certificates);
    }

    public boolean mayUse(String model) {
        return models.isEmpty() || models.contains(model);
    }

    public Robot with(Limits newLimits) {
        return new Robot(name, models, newLimits, tokens, certificates, revoked);
    }

    public Robot withModels(Set<String> newModels) {
        return new Robot(name, newModels, limits, tokens, certificates, revoked);
    }

    public Robot withCertificates(Set<String> newCertificates) {
        return new Robot(name, models, limits, tokens, newCertificates, revoked);
    }

    Robot withTokens(List<TokenHash> newTokens) {
        return new Robot(name, models, limits, newTokens, certificates, revoked);
    }

    Robot shutOut() {
        return new Robot(name, models, limits, List.of(), Set.of(), true);
    }
}
