package dev.outrider.kernel;

import dev.outrider.codec.MalformedJson;
import dev.outrider.codec.PlanJson;
import dev.outrider.model.Plan;

/** Plans written as JSON, for tests. */
final class Plans {

    private Plans() {}

    static Plan plan(String json) {
        try {
            return PlanJson.plan(PlanJson.MAPPER.readTree(json));
        } catch (MalformedJson | com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
