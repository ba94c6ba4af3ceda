package org.intel.openvino;

import java.time.Duration;

/**
 * What one node of a model cost in the last inference; needs the property {@code PERF_COUNT}.
 *
 * @param executed whether it ran, and was not optimized away
 * @param realTime by the clock
 * @param cpuTime on the processor
 * @param name of the node
 * @param execType implementation the device chose
 * @param nodeType operation
 */
public record ProfilingInfo(
        boolean executed,
        Duration realTime,
        Duration cpuTime,
        String name,
        String execType,
        String nodeType) {}
