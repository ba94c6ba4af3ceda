package dev.outrider.hal.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.hal.part.PartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmergencyStopTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    private static final String RELEASED =
            "outrider-emergency-stop 1\nreleased\nben\nok\n2026-05-01T12:00:00Z\n3837c4bb\n";

    @TempDir Path folder;

    private final AtomicBoolean input = new AtomicBoolean();

    private EmergencyStop open() {
        return EmergencyStop.open(file(), input::get, CLOCK);
    }

    private Path file() {
        return folder.resolve("estop");
    }

    @Test
    void isReleasedOnARobotThatWasNeverStarted() {
        assertThat(open().engaged()).isFalse();
    }

    @Test
    void restsPartsThenWritesTheLatchThenTellsListeners() {
        EmergencyStop stop = open();
        var order = new ArrayList<String>();
        var part = new RecordingPart();
        stop.protect(part);
        stop.onChange(engaged ->
                order.add("%s %s %s".formatted(engaged, part.told, Files.exists(file()))));

        stop.engage("ana", "smoke");

        assertThat(order).containsExactly("true [rest] true");
        assertThat(stop.engagement()).contains(new Engagement("ana", "smoke", NOON));
    }

    @Test
    void staysEngagedOverARestart() {
        open().engage("ana", "smoke\nand fire");

        EmergencyStop restarted = open();

        assertThat(restarted.engagement()).contains(new Engagement("ana", "smoke and fire", NOON));
    }

    @Test
    void staysReleasedOverARestartOnceReleased() {
        EmergencyStop stop = open();
        stop.engage("ana", "smoke");

        Release release = stop.release("ben", "it was toast");

        assertThat(release).isEqualTo(new Release.Released("ben", "it was toast"));
        assertThat(stop.engaged()).isFalse();
        assertThat(open().engaged()).isFalse();
    }

    @Test
    void survivesTheDeathOfAProcessRightAfterEngaging() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                EngageAndHalt.class.getName(),
                                file().toString())
                        .inheritIO()
                        .start();

        assertThat(process.waitFor()).isEqualTo(EngageAndHalt.EXIT);
        assertThat(open().engaged()).isTrue();
    }

    /** Engages, then dies without any shutdown hook, as by kill -9. */
    static final class EngageAndHalt {

        static final int EXIT = 42;

        private EngageAndHalt() {}

        public static void main(String[] arguments) {
            EmergencyStop.open(Path.of(arguments[0]), () -> false, Clock.systemUTC())
                    .engage("child", "about to die");
            Runtime.getRuntime().halt(EXIT);
        }
    }

    static Stream<String> damage() {
        return Stream.of(
                "",
                "\n",
                "released",
                RELEASED + "engaged\n",
                RELEASED.replace("stop 1", "stop 2"),
                RELEASED.replace("ben", "bem"),
                "outrider-emergency-stop 1\nengaged\nben\nok\nyesterday\n26904c0a\n",
                "\u0000".repeat(120));
    }

    @ParameterizedTest
    @MethodSource("damage")
    void readsADamagedLatchAsEngaged(String content) throws IOException {
        Files.writeString(file(), content);

        EmergencyStop stop = open();

        assertThat(stop.engagement().orElseThrow().why()).contains("is damaged");
    }

    @Test
    void readsALatchThatIsNoTextAsEngaged() throws IOException {
        Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThat(open().engagement().orElseThrow().why()).contains("cannot be read");
    }

    @Test
    void readsAnUnreadableLatchAsEngaged() throws IOException {
        Files.createDirectory(file());

        assertThat(open().engagement().orElseThrow().why()).contains("cannot be read");
    }

    @Test
    void readsBackWhatItWrites() throws IOException {
        EmergencyStop stop = open();
        stop.engage("ana", "smoke");
        stop.release("ben", "ok");

        assertThat(file()).hasContent(RELEASED);
    }

    @Test
    void isEngagedWhereverATornWriteEnds() throws IOException {
        for (int length = 0; length < RELEASED.length() - 1; length++) {
            Files.writeString(file(), RELEASED.substring(0, length));

            assertThat(open().engaged()).as("cut to %d bytes", length).isTrue();
        }
    }

    @Test
    void cannotBeReleasedWhileTheCircuitIsOpen() {
        EmergencyStop stop = open();
        stop.engage("ana", "smoke");
        input.set(true);

        Release release = stop.release("ben", "ok");

        assertThat(release).isInstanceOf(Release.Refused.class);
        assertThat(stop.engaged()).isTrue();
        assertThat(open().engaged()).isTrue();
    }

    @Test
    void engagesWhenTheCircuitOpensAndStaysSoWhenItCloses() {
        EmergencyStop stop = open();
        input.set(true);
        stop.poll();

        input.set(false);
        stop.poll();

        assertThat(stop.engagement().orElseThrow().who()).isEqualTo("input");
    }

    @Test
    void takesAnInputThatCannotBeReadAsOpen() {
        EmergencyStop stop =
                EmergencyStop.open(
                        file(),
                        () -> {
                            throw new PartException("button", "read", "wire cut");
                        },
                        CLOCK);

        assertThat(stop.engaged()).isTrue();
    }

    @Test
    void saysSoWhenThereIsNothingToRelease() {
        assertThat(open().release("ben", "ok"))
                .isEqualTo(new Release.Refused("the emergency stop is not engaged"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\n"})
    void needsToKnowWhoAndWhyToRelease(String blank) {
        EmergencyStop stop = open();
        stop.engage("ana", "smoke");

        assertThatThrownBy(() -> stop.release(blank, "ok"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> stop.release("ben", blank))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(stop.engaged()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\t"})
    void engagesEvenWithoutAName(String blank) {
        EmergencyStop stop = open();

        stop.engage(blank, blank);

        assertThat(stop.engaged()).isTrue();
    }

    @Test
    void restsTheOtherPartsWhenOneFails() {
        EmergencyStop stop = open();
        var broken = new RecordingPart();
        broken.broken = true;
        var sound = new RecordingPart();
        stop.protect(broken);
        stop.protect(sound);

        assertThatThrownBy(() -> stop.engage("ana", "smoke")).isInstanceOf(PartException.class);

        assertThat(sound.told).containsExactly("rest");
        assertThat(stop.engaged()).isTrue();
        assertThat(open().engaged()).isTrue();
    }

    @Test
    void emptiesTheLatchWhenANewStateCannotBeWritten() throws IOException {
        EmergencyStop stop = open();
        stop.engage("ana", "smoke");
        stop.release("ben", "ok");
        Files.createDirectory(folder.resolve("estop.new"));

        stop.engage("ana", "smoke again");

        assertThat(file()).isEmptyFile();
        assertThat(open().engaged()).isTrue();
    }

    @Test
    void staysEngagedWhenTheReleaseCannotBeWritten() throws IOException {
        EmergencyStop stop = open();
        stop.engage("ana", "smoke");
        Files.createDirectory(folder.resolve("estop.new"));

        assertThatThrownBy(() -> stop.release("ben", "ok")).isInstanceOf(LatchException.class);

        assertThat(stop.engaged()).isTrue();
        assertThat(open().engaged()).isTrue();
    }

    @Test
    void doesNotLetAReleaseUndoAnEngagementItDidNotSee() {
        var stop = new EmergencyStop[1];
        var armed = new AtomicBoolean();
        stop[0] =
                EmergencyStop.open(
                        file(),
                        () -> {
                            if (armed.getAndSet(false)) {
                                engageElsewhere(stop[0]);
                            }
                            return false;
                        },
                        CLOCK);
        stop[0].engage("ana", "smoke");
        armed.set(true);

        Release release = stop[0].release("ben", "ok");

        assertThat(release).isInstanceOf(Release.Refused.class);
        assertThat(stop[0].engaged()).isTrue();
        assertThat(open().engaged()).isTrue();
    }

    private static void engageElsewhere(EmergencyStop stop) {
        Thread thread = Thread.ofPlatform().start(() -> stop.engage("cid", "me too"));
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void endsEngagedInMemoryAndOnDiskAlikeUnderManyHands() throws Exception {
        EmergencyStop stop = open();
        var ready = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 4; i++) {
            boolean releases = i % 2 == 0;
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                awaitStart(ready);
                                for (int n = 0; n < 50; n++) {
                                    if (releases) {
                                        stop.release("ben", "ok");
                                    } else {
                                        stop.engage("ana", "smoke");
                                    }
                                }
                            }));
        }

        ready.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(open().engaged()).isEqualTo(stop.engaged());
    }

    private static void awaitStart(CountDownLatch ready) {
        try {
            ready.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
