package dev.outrider.sense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.catalogue.Progress;
import dev.outrider.ai.sense.SenseException;
import dev.outrider.ai.testing.Natives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SensesTest {

    @TempDir Path folder;

    @Test
    void aSimulatedRobotHasOnlyWhatIsNamedAndARealOneWhatIsThere() {
        assertThat(Senses.none().states())
                .containsEntry("camera", "out: none is named (--camera)")
                .containsEntry("microphone", "out: none is named (--microphone)")
                .containsEntry("speaker", "out: none is named (--speaker)");
        assertThat(SenseConfig.of(none(), none(), none(), "tiny", false, false, false).camera())
                .isEqualTo("auto");
        assertThatThrownBy(() -> SenseConfig.of(none(), none(), none(), "huge", false, false, true))
                .hasMessageContaining("tiny or base, not huge");
    }

    @Test
    void whatIsNotThereIsLeftOutWithTheReason() {
        Natives.assumeOpenVino();
        String gone = folder.resolve("gone").toString();

        try (Senses senses = open(gone, gone, folder.toString())) {
            assertThat(senses.eyes()).isEmpty();
            assertThat(senses.ears()).isEmpty();
            assertThat(senses.states().get("camera"))
                    .startsWith("out: there is no folder and no camera " + gone);
            assertThat(senses.states().get("microphone"))
                    .isEqualTo("out: there is no folder " + gone);
        }
    }

    @Test
    void aFolderIsACameraAndAMicrophone() {
        Natives.assumeOpenVino();

        try (Senses senses = open(folder.toString(), folder.toString(), "none")) {
            assertThat(senses.eyes()).isPresent();
            assertThat(senses.ears()).isPresent();
            assertThat(senses.mouth()).isEmpty();
            assertThat(senses.states())
                    .containsEntry("camera", "pictures in " + folder)
                    .containsEntry("microphone", "sounds in " + folder);
        }
    }

    @Test
    void anAlsaDeviceIsUsedWhereTheKernelHasOneThatFits() throws IOException {
        assertThatThrownBy(() -> Alsa.device("auto", folder.resolve("snd"), true))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("no sound device");
        Files.createFile(folder.resolve("pcmC0D0p"));

        assertThatThrownBy(() -> Alsa.device("default", folder, true))
                .hasMessageContaining("no sound device of this machine records");
        assertThatThrownBy(() -> Alsa.start(List.of("outrider-no-such-program")))
                .hasMessageContaining("alsa-utils");
    }

    private static Optional<String> none() {
        return Optional.empty();
    }

    private static Senses open(String camera, String microphone, String speaker) {
        return Senses.open(
                new SenseConfig(camera, microphone, speaker, "base", false, false),
                Progress.silent(),
                text -> "en");
    }
}
