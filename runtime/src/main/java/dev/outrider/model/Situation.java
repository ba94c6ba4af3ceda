package dev.outrider.model;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * What the router knows when it picks rungs. What is not known is empty, never zero.
 *
 * @param charge the robot's battery, 0 to 1
 * @param external whether the battery is fed from outside
 * @param temperatureCelsius the hottest processor zone
 * @param memoryAvailable the share of memory available to programs, 0 to 1
 * @param queued commands waiting behind this one
 * @param timeLeft until the command's deadline
 */
public record Situation(
        OptionalDouble charge,
        boolean external,
        OptionalDouble temperatureCelsius,
        OptionalDouble memoryAvailable,
        int queued,
        Duration timeLeft) {}
