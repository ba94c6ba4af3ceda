package dev.outrider.mqtt;

import static dev.outrider.mqtt.LinkedRobot.LONG;
import static dev.outrider.mqtt.ScriptedBroker.CONNECT;
import static dev.outrider.mqtt.ScriptedBroker.PINGREQ;
import static dev.outrider.mqtt.ScriptedBroker.PUBACK;
import static dev.outrider.mqtt.ScriptedBroker.PUBLISH;
import static dev.outrider.mqtt.ScriptedBroker.SUBSCRIBE;
import static dev.outrider.mqtt.ScriptedBroker.polite;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrider.kernel.Commands;
import dev.outrider.kernel.JournalFailure;
import dev.outrider.model.Command;
import dev.outrider.mqtt.ScriptedBroker.Packet;
import dev.outrider.mqtt.ScriptedBroker.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Paho does wrong by itself, against a broker that provokes it. */
@Timeout(60)
class PahoRulesTest {

    private static final String DOCK = "{\"id\":\"c-1\",\"text\":\"dock\"}";

    @TempDir Path folder;

    @Test
    void acknowledgesOnlyWhenTheCommandIsStored() throws IOException {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        try (ScriptedBroker broker = new ScriptedBroker(polite(sends("req/command", 9, DOCK)));
                LinkedRobot robot = robotOf(broker)) {
            robot.intake.does(command -> stored);
            await().until(() -> robot.intake.ids().contains("c-1"));
            await().until(() -> !publishes(broker, 0, "state").isEmpty());
            assertThat(packets(broker, 0, PUBACK)).isEmpty();

            stored.complete(null);

            await().until(() -> pubacks(broker, 0).contains(9));
        }
    }

    @Test
    void dropsTheConnectionUnacknowledgedWhenTheJournalFails() throws IOException {
        try (ScriptedBroker broker =
                        new ScriptedBroker(polite(sends("req/command", 9, DOCK)), polite());
                LinkedRobot robot = robotOf(broker)) {
            robot.intake.does(command ->
                    CompletableFuture.failedStage(
                            new JournalFailure("the disk is full", null, true)));

            await().until(() -> broker.connections.size() == 2);

            assertThat(packets(broker, 0, PUBACK)).isEmpty();
            assertThat(robot.link.status().lastError()).contains("the disk is full");
        }
    }

    @Test
    void buriesAndAcknowledgesAMessageThatBreaksTheIntake() throws IOException {
        try (ScriptedBroker broker = new ScriptedBroker(polite(sends("req/command", 9, DOCK)));
                LinkedRobot robot = robotOf(broker)) {
            robot.intake.does(command -> {
                throw new IllegalStateException("poison");
            });

            await().until(() -> pubacks(broker, 0).contains(9));
            await().until(() -> text(publishes(broker, 0, "rsp/anonymous")).contains("internal"));
            assertThat(broker.connections).hasSize(1);
        }
    }

    @Test
    void neverAcknowledgesOnAnotherConnectionThanItsOwn() throws IOException {
        CompletableFuture<Void> late = new CompletableFuture<>();
        try (ScriptedBroker broker =
                        new ScriptedBroker(
                                polite(sends("req/command", 9, DOCK)),
                                polite(
                                        sends(
                                                "req/command",
                                                9,
                                                "{\"id\":\"c-2\",\"text\":\"dock\"}")));
                LinkedRobot robot = robotOf(broker)) {
            robot.intake.does(command ->
                    command.id().value().equals("c-1") ? late : new CompletableFuture<>());
            await().until(() -> robot.intake.ids().contains("c-1"));
            robot.link.drop("test");
            await().until(() -> robot.intake.ids().contains("c-2"));

            late.complete(null);

            await().until(() -> !publishes(broker, 1, "state").isEmpty());
            robot.x.incrementAndGet();
            robot.link.stateChanged();
            await().until(() -> publishes(broker, 1, "state").size() > 1);
            assertThat(broker.connections.get(0).ofType(PUBACK)).isEmpty();
            assertThat(broker.connections.get(1).ofType(PUBACK)).isEmpty();
        }
    }

    @Test
    void acknowledgesInTheOrderOfArrival() throws IOException {
        CompletableFuture<Void> slow = new CompletableFuture<>();
        try (ScriptedBroker broker =
                        new ScriptedBroker(
                                polite((wire, packet) -> {
                                    if (packet.type() == SUBSCRIBE) {
                                        wire.publish("req/command", 9, DOCK);
                                        wire.publish("req/cancel", 10, "{\"id\":\"x\"}");
                                    }
                                }));
                LinkedRobot robot = robotOf(broker)) {
            robot.intake.does(command -> slow);
            await().until(() -> robot.intake.cancelled, List.of("x by anonymous")::equals);

            slow.complete(null);

            await().until(() -> pubacks(broker, 0), List.of(9, 10)::equals);
        }
    }

    @Test
    void stopsAtOnceWhateverIsInTheWay() throws IOException {
        CountDownLatch blocked = new CountDownLatch(1);
        try (ScriptedBroker broker =
                        new ScriptedBroker(
                                polite((wire, packet) -> {
                                    if (packet.type() == SUBSCRIBE) {
                                        wire.publish("req/command", 9, DOCK);
                                        wire.publish("estop", 10, "{\u0000 whatever");
                                    }
                                }));
                LinkedRobot robot = robotOf(broker)) {
            robot.intake.does(command -> waitFor(blocked));

            await().until(() -> robot.intake.stops, List.of("mqtt")::equals);
            assertThat(blocked.getCount()).isOne();

            blocked.countDown();
            await().until(() -> pubacks(broker, 0), List.of(9, 10)::equals);
        }
    }

    @Test
    void leavesABrokerThatTakesTheConnectionAndNeverAnswers() throws IOException {
        try (ScriptedBroker broker = new ScriptedBroker(Wire::read, polite());
                LinkedRobot robot = robotOf(broker)) {
            assertThat(robot.link.awaitConnected(LONG)).isTrue();

            assertThat(broker.connections).hasSize(2);
        }
    }

    @Test
    void noticesAConnectionThatWentSilent() throws IOException {
        try (ScriptedBroker broker =
                        new ScriptedBroker(
                                wire -> {
                                    wire.read();
                                    wire.connack(ScriptedBroker.NO_PROPERTIES);
                                    wire.serve(
                                            (w, packet) -> {
                                                if (packet.type() == PUBLISH) {
                                                    w.puback(packet, 0);
                                                }
                                            },
                                            false);
                                },
                                polite());
                LinkedRobot robot = robotOf(broker)) {
            await().atMost(LONG).until(() -> broker.connections.size() == 2);

            assertThat(broker.connections.getFirst().ofType(PINGREQ)).isNotEmpty();
            await().until(() -> robot.link.status().connected());
        }
    }

    @Test
    void sendsSignsOfLife() throws IOException {
        try (ScriptedBroker broker = new ScriptedBroker(polite());
                LinkedRobot robot = robotOf(broker)) {
            await().atMost(LONG).until(() -> packets(broker, 0, PINGREQ).size() >= 3);

            assertThat(robot.link.status().connected()).isTrue();
            assertThat(broker.connections).hasSize(1);
        }
    }

    @Test
    void keepsALetterThatTheBrokerRefused() throws IOException {
        try (ScriptedBroker broker =
                        new ScriptedBroker(wire -> {
                            wire.read();
                            wire.connack(ScriptedBroker.NO_PROPERTIES);
                            wire.serve(
                                    (w, packet) -> {
                                        if (packet.type() == PUBLISH) {
                                            w.puback(packet, isAnswer(packet) ? 0x87 : 0);
                                        }
                                    },
                                    false);
                        });
                LinkedRobot robot = robotOf(broker)) {
            answer(robot, "c-1");

            await().until(() ->
                    String.valueOf(robot.link.status().lastError()).contains("not authorized"));
            assertThat(robot.journal.open(0, 10))
                    .extracting(letter -> letter.id().value())
                    .containsExactly("c-1");
        }
    }

    @Test
    void keepsALetterUntilTheBrokerTookIt() throws IOException {
        try (ScriptedBroker broker = new ScriptedBroker(polite());
                LinkedRobot robot = robotOf(broker)) {
            answer(robot, "c-1");

            await().until(() -> robot.journal.open(0, 10).isEmpty());
            assertThat(text(publishes(broker, 0, "rsp/alice"))).contains("\"id\":\"c-1\"");
        }
    }

    @Test
    void saysWhenTheBrokersReceiveMaximumIsTooLargeForItsClient() throws IOException {
        byte[] tooLarge = {0x21, (byte) 0x80, 0x00};
        try (ScriptedBroker broker =
                        new ScriptedBroker(wire -> {
                            wire.read();
                            wire.connack(tooLarge);
                            wire.serve((w, packet) -> {}, true);
                        });
                LinkedRobot robot = robotOf(broker)) {
            await().until(
                            () -> String.valueOf(robot.link.status().lastError()),
                            error -> error.contains("Receive Maximum of 32768"));

            assertThat(robot.link.status().connected()).isFalse();
        }
    }

    @Test
    void hasNoMoreInFlightThanTheBrokerAllows() throws IOException {
        byte[] two = {0x21, 0x00, 0x02};
        try (ScriptedBroker broker =
                        new ScriptedBroker(
                                wire -> {
                                    wire.read();
                                    wire.connack(two);
                                    wire.serve((w, packet) -> {}, false);
                                },
                                polite());
                LinkedRobot robot = robotOf(broker)) {
            for (int i = 0; i < 10; i++) {
                answer(robot, "c-" + i);
            }

            await().atMost(LONG).until(() -> broker.connections.size() == 2);
            assertThat(broker.connections.getFirst().ofType(PUBLISH)).hasSize(2);
            await().until(() -> robot.journal.open(0, 20).isEmpty());
        }
    }

    @Test
    void asksForASessionThatLastsAndForQosOneWithoutRetainedMessages() throws IOException {
        try (ScriptedBroker broker = new ScriptedBroker(polite());
                LinkedRobot robot = robotOf(broker)) {
            assertThat(robot.link.awaitConnected(LONG)).isTrue();

            Packet connect = broker.connections.getFirst().ofType(CONNECT).getFirst();
            String body = new String(connect.body(), ISO_8859_1);
            assertThat(connect.body()[7] & 0x02).as("clean start").isZero();
            assertThat(connect.body()[7] & 0x3c).as("retained will of QoS 1").isEqualTo(0x2c);
            assertThat(body).contains(bytes(0x11, 0, 0, 0x0e, 0x10)); // session expiry 3600 s
            assertThat(body).contains(bytes(0x21, 0, 32)); // receive maximum 32
            assertThat(body).contains("LOST");
            Packet subscribe = broker.connections.getFirst().ofType(SUBSCRIBE).getFirst();
            String filters = new String(subscribe.body(), ISO_8859_1);
            for (String topic : List.of("estop", "req/+", "ack/+")) {
                assertThat(filters)
                        .contains(TestClient.ROOT + topic + bytes(0x29)); // 2, RAP, QoS 1
            }
        }
    }

    @Test
    void opensSentLettersAgainWhenTheBrokerLostItsSession() throws IOException {
        try (ScriptedBroker broker = new ScriptedBroker(polite(), polite());
                LinkedRobot robot = robotOf(broker)) {
            answer(robot, "c-1");
            await().until(() -> robot.journal.open(0, 10).isEmpty());

            robot.link.drop("test");

            await().until(() ->
                    broker.connections.size() == 2
                            && text(publishes(broker, 1, "rsp/alice")).contains("c-1"));
        }
    }

    @Test
    void leavesNoThreadsBehindHoweverOftenItConnects() throws IOException {
        try (ScriptedBroker broker = new ScriptedBroker(polite());
                LinkedRobot robot = robotOf(broker)) {
            assertThat(robot.link.awaitConnected(LONG)).isTrue();
            int before = Thread.activeCount();
            for (int i = 2; i <= 12; i++) {
                int connections = i;
                robot.link.drop("test");
                await().atMost(LONG).until(() -> broker.connections.size() == connections);
                await().atMost(LONG).until(() -> robot.link.status().connected());
            }

            await().until(() -> Thread.activeCount() <= before + 5);
        }
    }

    @Test
    void sendsWithoutDelay() throws IOException {
        try (var socket = new NoDelaySockets().createSocket()) {
            assertThat(socket.getTcpNoDelay()).isTrue();
        }
    }

    private static String bytes(int... values) {
        StringBuilder text = new StringBuilder();
        for (int value : values) {
            text.append((char) value);
        }
        return text.toString();
    }

    private LinkedRobot robotOf(ScriptedBroker broker) {
        return new LinkedRobot(folder, LinkedRobot.quick(broker.url()));
    }

    private static ScriptedBroker.PacketScript sends(String topic, int id, String payload) {
        return (wire, packet) -> {
            if (packet.type() == SUBSCRIBE) {
                wire.publish(topic, id, payload);
            }
        };
    }

    private static void answer(LinkedRobot robot, String id) {
        Command command = Commands.words(id, "alice", "dock");
        robot.journal
                .receive(command, Instant.EPOCH)
                .thenCompose(receipt -> robot.journal.answer(command, Commands.done(command)))
                .toCompletableFuture()
                .join();
    }

    private static CompletableFuture<Void> waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return CompletableFuture.allOf();
    }

    private static boolean isAnswer(Packet packet) {
        return new String(packet.body(), ISO_8859_1).contains("rsp/");
    }

    private static List<Integer> pubacks(ScriptedBroker broker, int connection) {
        return packets(broker, connection, PUBACK).stream().map(Packet::packetId).toList();
    }

    private static List<Packet> publishes(ScriptedBroker broker, int connection, String topic) {
        return packets(broker, connection, PUBLISH).stream()
                .filter(p -> new String(p.body(), ISO_8859_1).contains(TestClient.ROOT + topic))
                .toList();
    }

    private static List<Packet> packets(ScriptedBroker broker, int connection, int type) {
        return broker.connections.size() > connection
                ? broker.connections.get(connection).ofType(type)
                : List.of();
    }

    private static String text(List<Packet> packets) {
        StringBuilder text = new StringBuilder();
        packets.forEach(packet -> text.append(new String(packet.body(), ISO_8859_1)));
        return text.toString();
    }
}
