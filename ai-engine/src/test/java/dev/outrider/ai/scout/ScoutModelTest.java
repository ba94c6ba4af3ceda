package dev.outrider.ai.scout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.gguf.GgufFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScoutModelTest {
    private static final long MOST_BYTES = 12 << 20;

    @TempDir Path folder;

    @Test
    void laysItsAdapterIntoTheCacheOnce() throws Exception {
        var first = ScoutModel.adapter(new CacheFolder(folder));
        var written = Files.getLastModifiedTime(first);

        var second = ScoutModel.adapter(new CacheFolder(folder));

        assertThat(second).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(second)).isEqualTo(written);
        assertThat(Files.size(first)).isLessThanOrEqualTo(MOST_BYTES);
        assertThat(folder.resolve("work")).isEmptyDirectory();
    }

    @Test
    void replacesAnAdapterThatWasDamaged() throws Exception {
        var file = ScoutModel.adapter(new CacheFolder(folder));
        byte[] sound = Files.readAllBytes(file);
        Files.writeString(file, "GGUF but not really");

        ScoutModel.adapter(new CacheFolder(folder));

        assertThat(file).hasBinaryContent(sound);
    }

    @Test
    void isAnAdapterForTheBaseOfTheCatalogue() {
        var file = GgufFile.read(ScoutModel.adapter(new CacheFolder(folder)));

        assertThat(file.text("adapter.type")).isEqualTo(Optional.of("lora"));
        assertThat(file.architecture()).isEqualTo(Optional.of("llama"));
        var catalogue = ModelCatalogue.standard(new CacheFolder(folder));
        assertThat(catalogue.named(ScoutModel.NAME)).isEqualTo(catalogue.named(ScoutModel.BASE));
    }
}
