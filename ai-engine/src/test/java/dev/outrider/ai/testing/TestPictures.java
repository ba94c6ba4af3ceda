package dev.outrider.ai.testing;

import dev.outrider.ai.catalogue.PackageRef;
import java.nio.file.Path;

/** Photographs that come with scikit-image. */
public final class TestPictures {
    private static final PackageRef WHEEL =
            new PackageRef(
                    PackageRef.Client.PIP, "scikit-image", "0.26.0", "cp311-manylinux_2_28_x86_64");

    public static final TestPictures COFFEE =
            new TestPictures(
                    "coffee",
                    466706,
                    "cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7");

    public static final TestPictures CAT =
            new TestPictures(
                    "chelsea",
                    240512,
                    "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb");

    public static final TestPictures PERSON =
            new TestPictures(
                    "astronaut",
                    791555,
                    "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5");

    public static final TestPictures MOTORCYCLE =
            new TestPictures(
                    "motorcycle_left",
                    644701,
                    "db18e9c4157617403c3537a6ba355dfeafe9a7eabb6b9b94cb33f6525dd49179");

    private final PackagedFile file;

    private TestPictures(String name, long bytes, String sha256) {
        file =
                new PackagedFile(
                        "test-picture-" + name,
                        WHEEL,
                        "skimage/data/%s.png".formatted(name),
                        "BSD-3-Clause",
                        bytes,
                        sha256);
    }

    @Override
    public String toString() {
        return file.toString();
    }

    /** Its file; skips the test if it is neither cached nor to be fetched. */
    public Path assume() {
        return file.assume();
    }
}
