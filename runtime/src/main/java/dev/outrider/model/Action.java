package dev.outrider.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One step of a plan.
 *
 * @param verb what to do
 * @param arguments by parameter name, in the order they were written
 * @param condition when to do it
 */
public record Action(String verb, Map<String, Value> arguments, Condition condition) {

    public Action {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /** An unconditional action. */
    public Action(String verb, Map<String, Value> arguments) {
        this(verb, arguments, new Condition.Always());
    }
}
