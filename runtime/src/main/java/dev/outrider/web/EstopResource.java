package dev.outrider.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrider.Robot;
import dev.outrider.kernel.Body;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Releases the emergency stop for whoever can read the robot's data folder: somebody at the robot.
 */
@Path("/estop/release")
public class EstopResource {

    private static final int CONFLICT = 409;

    private final RobotHost host;

    EstopResource(RobotHost host) {
        this.host = host;
    }

    @POST
    @Produces(MediaType.TEXT_PLAIN)
    public Response release(@HeaderParam("Authorization") @Nullable String authorization) {
        Robot robot = host.robot().orElse(null);
        String token = host.token().orElse(null);
        if (robot == null || token == null) {
            return Response.status(Response.Status.SERVICE_UNAVAILABLE).build();
        }
        if (!isLocal(authorization, token)) {
            return Response.status(Response.Status.FORBIDDEN)
                    .entity("the emergency stop is released at the robot: outrider estop release")
                    .build();
        }
        return switch (robot.releaseEmergencyStop("local operator")) {
            case Body.Release.Released() -> Response.ok("released").build();
            case Body.Release.Refused(String reason) ->
                    Response.status(CONFLICT).entity(reason).build();
        };
    }

    private static boolean isLocal(@Nullable String authorization, String token) {
        return authorization != null
                && MessageDigest.isEqual(
                        authorization.getBytes(UTF_8), ("Bearer " + token).getBytes(UTF_8));
    }
}
