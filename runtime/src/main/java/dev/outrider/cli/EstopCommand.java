package dev.outrider.cli;

import dev.outrider.codec.PlanJson;
import dev.outrider.mqtt.Controller;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The emergency stop: engaged from anywhere, released only on the robot itself. */
@Command(
        name = "estop",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "engage | release",
        description = {
            "Engages the emergency stop from anywhere, or releases it on the robot itself.",
            "It stays engaged across restarts until somebody releases it."
        })
final class EstopCommand {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Command(
            name = "engage",
            mixinStandardHelpOptions = true,
            description = "Engages the emergency stop, over MQTT.")
    int engage(@Mixin RobotTarget target) throws InterruptedException {
        BlockingQueue<Controller.Message> heard = new LinkedBlockingQueue<>();
        try (Controller controller =
                target.connect(heard::add, why -> heard.add(new Controller.Message("lost", why)))) {
            controller.listen("state");
            String who = System.getProperty("user.name", "operator");
            controller.send(
                    "estop",
                    PlanJson.MAPPER.createObjectNode().put("by", who).toString(),
                    null,
                    null);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                Controller.Message message =
                        heard.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (message == null || message.branch().equals("lost")) {
                    throw new CommandFailure(
                            "the emergency stop was sent, but robot "
                                    + target.robot()
                                    + " did not confirm it; is it running?");
                }
                if (message.json().contains("\"estop\":true")) {
                    System.out.println("engaged; release it at the robot: outrider estop release");
                    return 0;
                }
            }
        }
    }

    @Command(
            name = "release",
            mixinStandardHelpOptions = true,
            description = "Releases the emergency stop of the robot that runs here.")
    int release(@Mixin RobotTarget target) throws InterruptedException {
        Endpoint endpoint =
                target.here()
                        .orElseThrow(() ->
                                new CommandFailure(
                                        "no robot runs here; the emergency stop is released"
                                                + " on the robot itself, as the user who"
                                                + " runs it (--data names its folder)"));
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(endpoint.http() + "/estop/release"))
                        .header("Authorization", "Bearer " + endpoint.token())
                        .timeout(PATIENCE)
                        .POST(BodyPublishers.noBody())
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new CommandFailure("not released: " + response.body());
            }
            System.out.println("released");
            return 0;
        } catch (IOException e) {
            throw new CommandFailure("the robot does not answer at " + endpoint.http() + ": " + e);
        }
    }
}
