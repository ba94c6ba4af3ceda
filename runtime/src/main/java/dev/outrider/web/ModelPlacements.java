package dev.outrider.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outrider.ai.openvino.Deployment;
import dev.outrider.ai.openvino.Placement;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** Where the models of the senses work, for the status and for Prometheus. */
@ApplicationScoped
public class ModelPlacements {

    private static final List<String> DEVICES = List.of("NPU", "GPU", "CPU");

    private final MeterRegistry registry;

    ModelPlacements(MeterRegistry registry) {
        this.registry = registry;
    }

    void measure(@Observes StartupEvent event) {
        for (String device : DEVICES) {
            Gauge.builder("outrider_models_open", device, ModelPlacements::open)
                    .tag("device", device)
                    .register(registry);
        }
        FunctionCounter.builder("outrider_model_moves", Deployment.class, any -> Deployment.moved())
                .register(registry);
    }

    private static double open(String device) {
        return Deployment.placements().stream()
                .filter(placement -> placement.device().startsWith(device))
                .count();
    }

    /** Each open model with its device, why it works there, and how often it moved. */
    static ArrayNode json() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Placement placement : Deployment.placements()) {
            all.addObject()
                    .put("model", placement.model())
                    .put("device", placement.device())
                    .put("reason", placement.reason())
                    .put("moves", placement.moves())
                    .put("requests", placement.requests());
        }
        return all;
    }
}
