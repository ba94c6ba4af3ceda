package dev.outrider.sense;

import java.util.Optional;

/**
 * What the robot sees, hears and speaks with. Each is a folder, a device of the kernel's (camera)
 * or of ALSA's (microphone, loudspeaker), {@code none}, or {@value #AUTO} for what is there.
 *
 * @param camera a folder of pictures, or a device such as {@code /dev/video0}
 * @param microphone a folder of WAV files, or a device such as {@code default} or {@code plughw:1}
 * @param speaker a folder that WAV files are written to, or a device
 * @param hearing Whisper's size, {@code tiny} or {@code base}
 * @param listens whether what is said is obeyed all the time
 * @param partial whether what is said is shown before it is said to its end, where it listens
 */
public record SenseConfig(
        String camera,
        String microphone,
        String speaker,
        String hearing,
        boolean listens,
        boolean partial) {

    /** Nothing. */
    public static final String NONE = "none";

    /** Whatever the machine has. */
    public static final String AUTO = "auto";

    /** A robot without senses. */
    public static final SenseConfig WITHOUT =
            new SenseConfig(NONE, NONE, NONE, "base", false, false);

    public SenseConfig {
        if (!hearing.equals("tiny") && !hearing.equals("base")) {
            throw new IllegalArgumentException("hearing is tiny or base, not " + hearing);
        }
    }

    /** What is configured, and where nothing is, the devices of a real board. */
    public static SenseConfig of(
            Optional<String> camera,
            Optional<String> microphone,
            Optional<String> speaker,
            String hearing,
            boolean listens,
            boolean partial,
            boolean simulated) {
        String standard = simulated ? NONE : AUTO;
        return new SenseConfig(
                camera.orElse(standard),
                microphone.orElse(standard),
                speaker.orElse(standard),
                hearing,
                listens,
                partial);
    }
}
