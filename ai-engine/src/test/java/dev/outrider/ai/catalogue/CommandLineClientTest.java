package dev.outrider.ai.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.catalogue.PackageRef.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandLineClientTest {
    private static final PackageRef REFERENCE = new PackageRef(Client.NPM, "some-model", "1.0.0");

    @TempDir Path parent;
    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(parent.resolve("into"));
    }

    @Test
    void givesTheArchiveTheClientLeft() {
        var archive = npm("echo data > model.tgz").download(REFERENCE, folder);

        assertThat(archive).isEqualTo(folder.resolve("model.tgz")).hasContent("data");
        assertThat(parent).isDirectoryNotContaining(file -> file.toString().endsWith(".log"));
    }

    @Test
    void asksForTheExactVersion() {
        npm("echo \"$@\" > asked.tgz").download(REFERENCE, folder);

        assertThat(folder.resolve("asked.tgz")).content().contains("some-model@1.0.0");
    }

    @Test
    void quotesAClientThatFails() {
        assertThatThrownBy(() -> npm("echo no route to host; exit 7").download(REFERENCE, folder))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("npm could not fetch some-model 1.0.0")
                .hasMessageContaining("online")
                .hasMessageContaining("no route to host");
    }

    @Test
    void saysWhichClientIsMissing() {
        var missing = List.of(List.of(parent.resolve("no-such-program").toString()));

        assertThatThrownBy(() ->
                        new CommandLineClient(missing, missing, missing)
                                .download(REFERENCE, folder))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("npm is needed")
                .hasMessageContaining("install it");
    }

    @Test
    void takesTheNextWayToCallAClient() {
        var ways = List.of(List.of(parent.resolve("none").toString()), shell("echo x > a.whl"));
        var reference = new PackageRef(Client.PIP, "some-model", "1.0.0");

        assertThat(new CommandLineClient(List.of(), ways, List.of()).download(reference, folder))
                .isEqualTo(folder.resolve("a.whl"));
    }

    @Test
    void refusesNamesThatAreNone() {
        assertThatThrownBy(() -> new PackageRef(Client.NPM, "--registry=evil", "1.0.0"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PackageRef(Client.NPM, "good", "latest"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static CommandLineClient npm(String script) {
        return new CommandLineClient(List.of(shell(script)), List.of(), List.of());
    }

    private static List<String> shell(String script) {
        return List.of("/bin/sh", "-c", script, "client");
    }
}
