package dev.outrider.mqtt;

import static dev.outrider.mqtt.LinkedRobot.LONG;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.codec.CommandJson;
import dev.outrider.codec.MalformedJson;
import dev.outrider.codec.PlanJson;
import dev.outrider.model.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever arrives is a valid request or a reason; seeded, so that a failure happens again. */
class FuzzTest {

    private static final List<String> SEEDS =
            List.of(
                    "{\"text\":\"drive 2 m\",\"mode\":\"prefer_on_device\",\"id\":\"c-1\"}",
                    "{\"plan\":[{\"do\":\"drive\",\"distance\":2.0},{\"do\":\"turn\",\"angle\":90}]}",
                    "{\"plan\":[{\"do\":\"dock\",\"if\":{\"battery\":{\"below\":30}}}],\"dryRun\":true}",
                    "{\"id\":\"c-17\",\"replyTo\":\"alice\",\"deadlineMs\":1000,\"text\":\"\\u00fc\"}",
                    "{\"plan\":[{\"do\":\"say\",\"text\":[{},null,true,1e400,-0.0]}]}");
    private static final List<String> TOPICS =
            List.of("req/command", "req/cancel", "req/query", "ack/alice");

    @TempDir Path folder;

    @Test
    void readsAnythingWithoutBreaking() throws MalformedJson, IOException {
        RequestReader reader =
                new RequestReader(LinkConfig.of("rover-1", BrokerUrl.parse("mqtt://localhost")));
        Random random = new Random(20_260_102);
        int valid = 0;
        for (int i = 0; i < 30_000; i++) {
            Request request = reader.read(delivery(random));

            if (request instanceof Request.Do(Command command, var time)) {
                valid++;
                assertReadsBack(command);
            } else if (request instanceof Request.Unreadable(var id, var client, var problem)) {
                assertThat(problem.message()).isNotBlank();
                assertThat(client).isNotBlank();
            }
        }
        assertThat(valid).isBetween(500, 29_000);
    }

    @Test
    void staysUpWhateverComesThroughABroker() throws IOException, MqttException {
        Random random = new Random(17);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
                LinkedRobot robot =
                        new LinkedRobot(folder.resolve("robot"), LinkedRobot.quick(broker.url()));
                TestClient client = new TestClient(broker.url(), "alice").hears("rsp/alice")) {
            assertThat(robot.link.awaitConnected(LONG)).isTrue();
            for (int i = 0; i < 400; i++) {
                Delivery delivery = delivery(random);
                MqttProperties properties = new MqttProperties();
                byte[] correlation = delivery.correlation();
                if (correlation != null) {
                    properties.setCorrelationData(correlation);
                }
                String topic = delivery.topic().substring(TestClient.ROOT.length());
                client.sends(topic, delivery.payload(), properties, false);
            }
            client.asks("req/command", "last", "{\"text\":\"dock\"}");

            client.awaits(heard -> heard.text().contains("\"id\":\"last\""));
            Awaitility.await().until(() -> robot.intake.ids().contains("last"));
            assertThat(robot.intake.commands).allSatisfy(taken -> assertReadsBack(taken.command()));
            assertThat(robot.link.status().connected()).isTrue();
            assertThat(robot.link.status().lastError()).isNull();
        }
    }

    private static void assertReadsBack(Command command) throws MalformedJson, IOException {
        byte[] json = CommandJson.json(command).toString().getBytes(UTF_8);
        assertThat(CommandJson.command(PlanJson.MAPPER.readTree(json))).isEqualTo(command);
    }

    private static Delivery delivery(Random random) {
        byte[] correlation = new byte[random.nextInt(6)];
        random.nextBytes(correlation);
        return new Delivery(
                TestClient.ROOT + TOPICS.get(random.nextInt(10) < 7 ? 0 : random.nextInt(4)),
                payload(random),
                1,
                false,
                1,
                random.nextBoolean() ? correlation : null,
                random.nextBoolean() ? TestClient.ROOT + "rsp/bob" : null,
                random.nextBoolean() ? (long) random.nextInt(1000) : null);
    }

    private static byte[] payload(Random random) {
        if (random.nextInt(10) == 0) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] payload = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(UTF_8);
        int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(payload.length);
            payload[at] =
                    random.nextBoolean()
                            ? (byte) "{}[]\":,\\0e-nul\u00e9".charAt(random.nextInt(14))
                            : (byte) random.nextInt(256);
        }
        return payload;
    }
}
