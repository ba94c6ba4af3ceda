package dev.outrider.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.kernel.Commands;
import dev.outrider.model.Command;
import dev.outrider.model.CommandId;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Instruction;
import dev.outrider.model.RoutingPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {

    private static final String RSP = TestClient.ROOT + "rsp/";
    private static final LinkConfig CONFIG =
            LinkConfig.of("rover-1", BrokerUrl.parse("mqtt://localhost"));

    private final RequestReader reader = new RequestReader(CONFIG);

    @Test
    void readsACommandWithMqtt5Properties() {
        Request request = read("req/command", "{\"text\":\"dock\"}", "c-1", RSP + "alice", 60L);

        assertThat(request)
                .isEqualTo(
                        new Request.Do(
                                Commands.words("c-1", "alice", "dock"), Duration.ofSeconds(60)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", RSP + "alice"})
    void readsACommandWithEverythingInThePayload(String replyTo) {
        String payload =
                "{\"id\":\"c-1\",\"replyTo\":\""
                        + replyTo
                        + "\",\"deadlineMs\":1500,"
                        + "\"text\":\"dock\",\"futureField\":{}}";

        Request request = read("req/command", payload, null, null, null);

        assertThat(request)
                .isEqualTo(
                        new Request.Do(
                                Commands.words("c-1", "alice", "dock"), Duration.ofMillis(1500)));
    }

    @Test
    void readsAPlanThatSaysHowItIsMeant() {
        String payload =
                "{\"plan\":[{\"do\":\"drive\",\"distance\":2.0},{\"do\":\"dock\",\"if\":{\"battery\":"
                        + "{\"below\":30.5}}}],\"mode\":\"only_in_cloud\",\"dryRun\":true}";

        Request request = read("req/command", payload, "c-1", RSP + "alice", null);

        assertThat(request)
                .isEqualTo(
                        new Request.Do(
                                Commands.steps("c-1", "alice", Commands.DRIVE, Commands.DOCK),
                                Duration.ofMinutes(5)));
    }

    @Test
    void readsAnAnswerToAQuestion() {
        Request request =
                read("req/answer", "{\"id\":\"c-1\",\"yes\":true}", null, RSP + "alice", null);

        assertThat(request).isEqualTo(new Request.Reply(new CommandId("c-1"), true, "alice"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"id":"c-1"}                | PARAMETER_TYPE
                    {"id":"c-1","yes":"true"}   | PARAMETER_TYPE
                    {"id":"c-1","yes":1}        | PARAMETER_TYPE
                    {"id":"c-1","yes":null}     | PARAMETER_TYPE
                    {"yes":true}                | ID_MISSING
                    {"id":7,"yes":true}         | PARAMETER_TYPE
                    [true]                      | NOT_JSON
                    """)
    void refusesAnAnswerThatSaysNeitherYesNorNo(String payload, String code) {
        Request request = read("req/answer", payload, null, RSP + "alice", null);

        assertThat(request)
                .isInstanceOfSatisfying(
                        Request.Unreadable.class,
                        u -> assertThat(u.problem().code().name()).isEqualTo(code));
    }

    @Test
    void takesTheSoonerDeadline() {
        String payload = "{\"text\":\"dock\",\"deadlineMs\":90000}";

        assertThat(read("req/command", payload, "c-1", null, 60L))
                .extracting("timeAllowed")
                .isEqualTo(Duration.ofSeconds(60));
        assertThat(read("req/command", payload, "c-1", null, 600L))
                .extracting("timeAllowed")
                .isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void answersNobodyInParticularWithoutAnAddressOfTheRobot() {
        String payload = "{\"text\":\"dock\"}";

        assertThat(command(read("req/command", payload, "c-1", null, null)).client())
                .isEqualTo("anonymous");
        assertThat(command(read("req/command", payload, "c-1", "bank/transfers", null)).client())
                .isEqualTo("anonymous");
        assertThat(command(read("req/command", payload, "c-1", RSP + "a/b", null)).client())
                .isEqualTo("anonymous");
        assertThat(command(read("req/command", payload, "c-1", RSP + "#", null)).client())
                .isEqualTo("anonymous");
    }

    @Test
    void usesTheDefaultsOfACommand() {
        Command command = command(read("req/command", "{\"text\":\"dock\"}", "c-1", null, null));

        assertThat(command.policy()).isEqualTo(RoutingPolicy.PREFER_ON_DEVICE);
        assertThat(command.dryRun()).isFalse();
        assertThat(command.instruction()).isEqualTo(new Instruction.Words("dock"));
    }

    @Test
    void acceptsTheSameIdBothWays() {
        Request request =
                read("req/command", "{\"id\":\"c-1\",\"text\":\"dock\"}", "c-1", null, null);

        assertThat(command(request).id()).isEqualTo(new CommandId("c-1"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "not_json | ``",
                "not_json | `{`",
                "not_json | `{\"text\":\"dock\"} {}`",
                "not_json | `{\"text\":\"dock\",\"text\":\"drive\"}`",
                "not_json | `{\"text\":NaN}`",
                "not_json | `[1]`",
                "not_json | `null`",
                "not_json | `\"text\"`",
                "not_json | `{\"text\":\"\\ud83e\"}`",
                "not_json | `\uFEFF{\"text\":\"dock\"}`",
                "id_conflict | `{\"id\":\"other\",\"text\":\"dock\"}`",
                "id_conflict | `{\"replyTo\":\"bob\",\"text\":\"dock\"}`",
                "parameter_type | `{\"id\":17,\"text\":\"dock\"}`",
                "parameter_type | `{\"replyTo\":17,\"text\":\"dock\"}`",
                "parameter_out_of_range | `{\"replyTo\":\"bank/transfers\",\"text\":\"dock\"}`",
                "parameter_missing | `{}`",
                "parameter_missing | `{\"text\":\" \"}`",
                "parameter_type | `{\"text\":17}`",
                "parameter_type | `{\"text\":null}`",
                "parameter_type | `{\"text\":\"dock\",\"plan\":[{\"do\":\"dock\"}]}`",
                "parameter_type | `{\"text\":\"dock\",\"mode\":\"prefer_magic\"}`",
                "parameter_type | `{\"text\":\"dock\",\"mode\":1}`",
                "parameter_type | `{\"text\":\"dock\",\"dryRun\":\"yes\"}`",
                "parameter_type | `{\"text\":\"dock\",\"deadlineMs\":\"soon\"}`",
                "parameter_out_of_range | `{\"text\":\"dock\",\"deadlineMs\":1e300}`",
                "parameter_type | `{\"plan\":{}}`",
                "parameter_type | `{\"plan\":[]}`",
                "parameter_type | `{\"plan\":[{\"distance\":2}]}`",
                "parameter_type | `{\"plan\":[{\"do\":\"dock\",\"if\":{\"mood\":1}}]}`",
                "parameter_type | `{\"plan\":[{\"do\":\"dock\",\"if\":{\"battery\":{\"below\":101}}}]}`",
            })
    void saysWhatIsWrongToWhoSentIt(String code, String payload) {
        Request request = read("req/command", payload, "c-1", RSP + "alice", null);

        assertThat(request)
                .isInstanceOfSatisfying(
                        Request.Unreadable.class,
                        unreadable -> {
                            assertThat(unreadable.problem().code().wireName()).isEqualTo(code);
                            assertThat(unreadable.problem().message()).isNotBlank();
                            assertThat(unreadable.id()).isEqualTo(new CommandId("c-1"));
                            assertThat(unreadable.client()).isEqualTo("alice");
                        });
    }

    @Test
    void refusesWhatIsTooLong() {
        String payload = "{\"text\":\"" + "x".repeat(CONFIG.maxPayload()) + "\"}";

        assertCode(ErrorCode.TOO_LARGE, read("req/command", payload, "c-1", null, null));
        assertCode(
                ErrorCode.PARAMETER_OUT_OF_RANGE,
                read("req/command", "{\"text\":\"" + "x".repeat(4001) + "\"}", "c-1", null, null));
        assertCode(
                ErrorCode.PARAMETER_OUT_OF_RANGE,
                read("req/command", "{\"text\":\"dock\"}", "c".repeat(129), null, null));
    }

    @Test
    void refusesNestingBombs() {
        String payload = "{\"text\":" + "[".repeat(5000) + "]".repeat(5000) + "}";

        assertCode(ErrorCode.NOT_JSON, read("req/command", payload, "c-1", null, null));
    }

    @Test
    void refusesWhatIsNotUtf8() {
        byte[] payload = "{\"text\":\"dock?\"}".getBytes(UTF_8);
        payload[13] = (byte) 0xc3;

        assertCode(ErrorCode.NOT_JSON, reader.read(delivery("req/command", payload, "c-1", false)));
    }

    @Test
    void refusesARequestWithoutAnId() {
        assertCode(
                ErrorCode.ID_MISSING, read("req/command", "{\"text\":\"dock\"}", null, null, null));
        assertCode(ErrorCode.ID_MISSING, read("req/cancel", "{}", null, null, null));
        assertCode(ErrorCode.ID_MISSING, read("ack/alice", "{\"id\":\"\"}", null, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mission", "query", "dance", ""})
    void refusesOtherKinds(String kind) {
        Request request = read("req/" + kind, "{\"id\":\"c-1\"}", null, RSP + "alice", null);

        assertCode(ErrorCode.UNKNOWN_KIND, request);
        assertThat(request).extracting("id").isEqualTo(new CommandId("c-1"));
    }

    @Test
    void refusesARetainedCommand() {
        byte[] payload = "{\"text\":\"dock\"}".getBytes(UTF_8);

        Request request = reader.read(delivery("req/command", payload, "c-1", true));

        assertCode(ErrorCode.GATE_REFUSED, request);
        assertThat(request).extracting("problem.rule").isEqualTo("commands are never retained");
    }

    @Test
    void addressesARefusalByThePayloadToo() {
        String payload = "{\"id\":\"c-1\",\"replyTo\":\"bob\",\"text\":17}";

        assertThat(read("req/command", payload, null, null, null))
                .isInstanceOfSatisfying(
                        Request.Unreadable.class,
                        unreadable -> {
                            assertThat(unreadable.id()).isEqualTo(new CommandId("c-1"));
                            assertThat(unreadable.client()).isEqualTo("bob");
                        });
    }

    @Test
    void cancelsTheCommandThePayloadNamesWhateverTheRequestIsCalled() {
        assertThat(read("req/cancel", "{\"id\":\"c-17\"}", "rpc-1", RSP + "alice", null))
                .isEqualTo(new Request.Cancel(new CommandId("c-17"), "alice"));
        assertThat(read("req/cancel", "{}", "c-17", RSP + "alice", null))
                .isEqualTo(new Request.Cancel(new CommandId("c-17"), "alice"));
    }

    @Test
    void readsAnAcknowledgementOfTheClientInTheTopic() {
        assertThat(read("ack/alice", "{\"id\":\"c-17\"}", null, null, null))
                .isEqualTo(new Request.Acknowledge(new CommandId("c-17"), "alice"));
    }

    private Request read(
            String topic,
            String payload,
            @Nullable String correlation,
            @Nullable String responseTopic,
            @Nullable Long expiry) {
        return reader.read(
                new Delivery(
                        TestClient.ROOT + topic,
                        payload.getBytes(UTF_8),
                        1,
                        false,
                        1,
                        correlation == null ? null : correlation.getBytes(UTF_8),
                        responseTopic,
                        expiry));
    }

    private static Delivery delivery(
            String topic, byte[] payload, String correlation, boolean retained) {
        return new Delivery(
                TestClient.ROOT + topic,
                payload,
                1,
                retained,
                1,
                correlation.getBytes(UTF_8),
                null,
                null);
    }

    private static Command command(Request request) {
        assertThat(request).isInstanceOf(Request.Do.class);
        return ((Request.Do) request).command();
    }

    private static void assertCode(ErrorCode code, Request request) {
        assertThat(request)
                .isInstanceOfSatisfying(
                        Request.Unreadable.class,
                        unreadable -> assertThat(unreadable.problem().code()).isEqualTo(code));
    }
}
