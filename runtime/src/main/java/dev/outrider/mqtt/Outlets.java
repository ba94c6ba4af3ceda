package dev.outrider.mqtt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.kernel.Outbox;
import dev.outrider.kernel.Telemetry;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is there to publish.
 *
 * @param bell rung when there is something new
 * @param up run once the robot showed itself on a connection
 * @param trouble told, in one line, of what a broker refused
 */
record Outlets(
        Outbox outbox,
        Telemetry telemetry,
        Announcements announcements,
        StateBoard state,
        Supplier<ObjectNode> meta,
        Bell bell,
        Runnable up,
        Consumer<String> trouble) {}
