package dev.outrider.ai.testing;

import dev.outrider.ai.catalogue.PackageRef;
import java.nio.file.Path;

/** Somebody speaking, as it comes with Moonshine. */
public final class TestSounds {
    private static final PackagedFile SPEECH =
            new PackagedFile(
                    "test-sound-beckett",
                    new PackageRef(PackageRef.Client.PIP, "useful-moonshine-onnx", "20251121"),
                    "moonshine_onnx/assets/beckett.wav",
                    "MIT",
                    318978,
                    "e5a26b3d29e5b0bc8dbd72c11d16a3808a4ec0ac45b21f12a27d2a2fe5c5ae61");

    private TestSounds() {}

    /** Ten seconds of English; skips the test if it is neither cached nor to be fetched. */
    public static Path assumeSpeech() {
        return SPEECH.assume();
    }
}
