package dev.outrider.web;

import dev.outrider.mqtt.LinkStatus;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the robot takes commands; a lost broker is shown, and the robot goes on without. */
@Readiness
public class RobotReadiness implements HealthCheck {

    private final RobotHost host;

    RobotReadiness(RobotHost host) {
        this.host = host;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("robot");
        return host.robot()
                .map(robot -> {
                    LinkStatus link = robot.link();
                    return response.up()
                            .withData("robot", robot.config().robot())
                            .withData("mqttConnected", link.connected())
                            .withData("estop", robot.body().state().emergencyStop())
                            .build();
                })
                .orElseGet(() -> response.down().withData("robot", "starting").build());
    }
}
