package dev.outrider.ai.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.catalogue.CatalogueException;
import dev.outrider.ai.catalogue.Checksums;
import dev.outrider.ai.catalogue.PackageClient;
import dev.outrider.ai.catalogue.PackageRef;
import dev.outrider.ai.natives.NativeLibraries.Place;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeLibrariesTest {
    private static final PackageRef REFERENCE =
            new PackageRef(PackageRef.Client.NPM, "@some/natives", "1.2.3");

    private static final String FOLDER = "META-INF/outrider/some/linux-x64";

    @TempDir Path folder;
    private Path archive;
    private Path classes;
    private CacheFolder cache;
    private final AtomicInteger downloads = new AtomicInteger();

    @BeforeEach
    void makePackage() throws IOException {
        classes = Files.createDirectory(folder.resolve("classes"));
        cache = new CacheFolder(folder.resolve("cache"));
        archive = folder.resolve("natives.tgz");
        try (var out = Files.newOutputStream(archive);
                var tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
            for (String name : new String[] {"package/bins/x/liba.so", "package/other.txt"}) {
                var entry = new TarArchiveEntry(name);
                entry.setSize(3);
                tar.putArchiveEntry(entry);
                tar.write(new byte[] {1, 2, 3});
                tar.closeArchiveEntry();
            }
        }
    }

    @Test
    void packsOnlyWhatIsNeededAndOnlyOnce() throws IOException {
        pack();
        pack();

        assertThat(classes.resolve(FOLDER))
                .isDirectoryNotContaining(file -> file.endsWith("other.txt"))
                .isDirectoryContaining(file -> file.endsWith("liba.so"));
        assertThat(downloads).hasValue(1);
    }

    @Test
    void packsTwiceAtOnceAndBothHaveAll() throws Exception {
        var other = Files.createDirectories(folder.resolve("other/classes"));
        packBoth(classes, other);

        for (Path built : List.of(classes, other)) {
            assertThat(built.resolve(FOLDER + "/liba.so")).hasBinaryContent(new byte[] {1, 2, 3});
            assertThat(built.resolve(FOLDER + "/index.txt")).isRegularFile();
            assertThat(built.getParent()).isDirectoryNotContaining("glob:**/natives-*");
        }
        assertThat(cache.root().resolve("work")).isEmptyDirectory();
        pack();
        assertThat(downloads).as("kept for the next build").hasValue(2);
    }

    @Test
    void packsTwiceAtOnceIntoTheSameFolder() throws Exception {
        packBoth(classes, classes);

        assertThat(classes.resolve(FOLDER + "/liba.so")).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(folder).isDirectoryNotContaining("glob:**/natives-*");
    }

    @Test
    void fetchesAgainWhatIsKeptAndDamaged() throws IOException {
        pack();
        try (var kept = Files.list(cache.root().resolve("packages"))) {
            Files.write(kept.findFirst().orElseThrow().resolve("natives.tgz"), new byte[] {9});
        }
        var other = Files.createDirectories(folder.resolve("other/classes"));

        pack(client(), other);
        pack(client(), Files.createDirectories(folder.resolve("third/classes")));

        assertThat(other.resolve(FOLDER + "/liba.so")).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(downloads).hasValue(2);
    }

    @Test
    void leavesNothingOfAnotherVersion() throws IOException {
        var old = Files.createDirectories(classes.resolve(FOLDER));
        Files.writeString(old.resolve("index.txt"), "npm @some/natives 1.2.2");
        Files.write(old.resolve("libold.so"), new byte[] {9});

        pack();

        assertThat(old.resolve("libold.so")).doesNotExist();
        assertThat(old.resolve("liba.so")).hasBinaryContent(new byte[] {1, 2, 3});
    }

    /** Both have fetched before either goes on. */
    private void packBoth(Path one, Path two) throws Exception {
        var both = new CyclicBarrier(2);
        PackageClient meeting =
                (reference, into) -> {
                    var fetched = client().download(reference, into);
                    try {
                        both.await();
                    } catch (InterruptedException | BrokenBarrierException e) {
                        throw new CatalogueException("alone", e);
                    }
                    return fetched;
                };
        try (var builds = Executors.newFixedThreadPool(2)) {
            var first = builds.submit(() -> pack(meeting, one));
            var second = builds.submit(() -> pack(meeting, two));
            first.get();
            second.get();
        }
    }

    @Test
    void packsNothingWhoseChecksumDiffers() {
        var natives = natives("not its checksum");

        assertThatThrownBy(() -> new NativePacker(client(), cache).pack(natives, classes))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("not its checksum");
        assertThat(classes.resolve(FOLDER + "/liba.so")).doesNotExist();
    }

    @Test
    void unpacksWhatWasPacked() throws IOException {
        pack();

        assertThat(unpacked())
                .isInstanceOfSatisfying(
                        Place.Folder.class,
                        place ->
                                assertThat(place.path().resolve("liba.so"))
                                        .hasBinaryContent(new byte[] {1, 2, 3}));
        assertThat(unpacked()).isEqualTo(unpacked());
        assertThat(cache.root().resolve("work")).isEmptyDirectory();
    }

    @Test
    void unpacksAgainWhatWasDamaged() throws IOException {
        pack();
        if (!(unpacked() instanceof Place.Folder(var path))) {
            throw new AssertionError("nothing was unpacked");
        }
        Files.write(path.resolve("liba.so"), new byte[] {9});

        assertThat(unpacked()).isEqualTo(new Place.Folder(path));
        assertThat(path.resolve("liba.so")).hasBinaryContent(new byte[] {1, 2, 3});
    }

    @Test
    void saysThatTheJarWasBuiltWithout() throws IOException {
        assertThat(unpacked())
                .isInstanceOfSatisfying(
                        Place.None.class,
                        none -> assertThat(none.reason()).contains("built without some", "npm"));
    }

    @Test
    void knowsThePlatformsWithoutLibraries() {
        assertThat(Platform.of("Linux", "amd64", false))
                .isEqualTo(new Platform.Supported("linux-x64"));
        assertThat(Platform.of("Linux", "aarch64", false))
                .isEqualTo(new Platform.Supported("linux-arm64"));
        assertThat(Platform.of("Mac OS X", "aarch64", false))
                .isInstanceOfSatisfying(
                        Platform.Unsupported.class,
                        no -> assertThat(no.reason()).contains("Mac OS X"));
        assertThat(Platform.of("Linux", "amd64", true))
                .isInstanceOfSatisfying(
                        Platform.Unsupported.class, no -> assertThat(no.reason()).contains("musl"));
        assertThat(Platform.of("Linux", "riscv64", false))
                .isInstanceOfSatisfying(
                        Platform.Unsupported.class,
                        no -> assertThat(no.reason()).contains("riscv64"));
    }

    private void pack() throws IOException {
        pack(client(), classes);
    }

    private @Nullable Void pack(PackageClient from, Path into) throws IOException {
        new NativePacker(from, cache).pack(natives(Checksums.sha512(archive)), into);
        return null;
    }

    private Place unpacked() throws IOException {
        try (var jar = new URLClassLoader(new URL[] {classes.toUri().toURL()}, null)) {
            return new NativeLibraries(cache, jar).unpacked("some", "linux-x64");
        }
    }

    private static NativePackage natives(String sha512) {
        return new NativePackage(
                "some", "linux-x64", REFERENCE, sha512, Pattern.compile("package/bins/x/.*"));
    }

    private PackageClient client() {
        return (reference, into) -> {
            downloads.incrementAndGet();
            try {
                return Files.copy(archive, into.resolve("natives.tgz"));
            } catch (IOException e) {
                throw new CatalogueException("copy", e);
            }
        };
    }
}
