package dev.outrider.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Something the body can do. The same list constrains what a model can say, what the gate accepts
 * and what is announced.
 *
 * @param verb a lower-case word, the value of an action's {@code do}
 * @param description one sentence for people and models
 * @param parameters by name, in the order they are written; every one is required
 * @param requires what must hold before
 * @param aliases other names people use for the verb, in any language; one of several words, such
 *     as {@code what do you see}, is a whole sentence that means the verb
 * @param observes whether it finds something out, which its result then holds
 */
public record Capability(
        String verb,
        String description,
        Map<String, Parameter> parameters,
        Set<Requirement> requires,
        List<String> aliases,
        boolean observes) {

    public Capability {
        if (!verb.matches("[a-z][a-z0-9_]{0,31}")) {
            throw new IllegalArgumentException("not a verb: " + verb);
        }
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        requires = Set.copyOf(requires);
        aliases = List.copyOf(aliases);
    }

    /** A capability that people call by its verb only. */
    public Capability(
            String verb,
            String description,
            Map<String, Parameter> parameters,
            Set<Requirement> requires) {
        this(verb, description, parameters, requires, List.of());
    }

    /** A capability that finds nothing out. */
    public Capability(
            String verb,
            String description,
            Map<String, Parameter> parameters,
            Set<Requirement> requires,
            List<String> aliases) {
        this(verb, description, parameters, requires, aliases, false);
    }
}
