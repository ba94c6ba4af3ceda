package dev.outrider.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.Robot;
import dev.outrider.mqtt.LinkStatus;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;

/** What the robot is, does and lacks, in one JSON object. */
@Path("/status")
public class StatusResource {

    private final RobotHost host;

    StatusResource(RobotHost host) {
        this.host = host;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String status() {
        Robot robot =
                host.robot()
                        .orElseThrow(
                                () -> new ServiceUnavailableException("the robot is starting"));
        ObjectNode status = robot.meta();
        status.set("state", robot.state());
        LinkStatus link = robot.link();
        status.putObject("mqtt")
                .put("broker", link.broker())
                .put("embedded", robot.embeddedBroker().isPresent())
                .put("connected", link.connected())
                .put("since", link.since().toString())
                .put("lastError", link.lastError());
        ObjectNode models = status.putObject("models");
        robot.ladder().models().forEach((rung, model) -> models.put(rung.wireName(), model));
        ObjectNode senses = status.putObject("senses");
        robot.senses().states().forEach(senses::put);
        status.set("placements", ModelPlacements.json());
        status.put("queued", robot.kernel().queued());
        ObjectNode outcomes = status.putObject("outcomes");
        robot.kernel().tally().all().forEach(outcomes::put);
        return status.toString();
    }
}
