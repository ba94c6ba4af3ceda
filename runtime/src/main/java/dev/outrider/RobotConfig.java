package dev.outrider;

import dev.outrider.ai.llama.LlamaOptions;
import dev.outrider.model.AskPolicy;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** A robot's configuration; every key has a default, so that none is needed to start. */
@ConfigMapping(prefix = "outrider")
public interface RobotConfig {

    /** The robot's name, one topic level. */
    @WithDefault("rover-1")
    String robot();

    /** The default data folder, below the user's home. */
    String DATA = ".local/share/outrider";

    /** The folder for what must survive a restart. */
    @WithDefault("${user.home}/" + DATA)
    Path data();

    /** The board's profile, a file or a name; without one, the robot is simulated. */
    Optional<String> board();

    Http http();

    Mqtt mqtt();

    Cloud cloud();

    Local local();

    Commands commands();

    Limits limits();

    Ask ask();

    Senses senses();

    /** When a plan is read back before it is carried out. */
    interface Ask {
        /** {@code ask_when_unsure}, {@code never_ask} or {@code always_ask}. */
        @WithDefault("ask-when-unsure")
        AskPolicy policy();

        /** Whether the rules read along when a local model decides. */
        @WithDefault("true")
        boolean checkLocal();

        /** Whether the rules read along when the cloud decides. */
        @WithDefault("false")
        boolean checkCloud();
    }

    /**
     * What the robot sees, hears and speaks with. A real board takes what is there unless something
     * is named; a simulated one has only what is named. {@code none} is without.
     */
    interface Senses {
        /** A folder of pictures, or a device such as {@code /dev/video0}. */
        Optional<String> camera();

        /** A folder of WAV files, or a device of ALSA's such as {@code default}. */
        Optional<String> microphone();

        /** A folder that WAV files are written to, or a device of ALSA's. */
        Optional<String> speaker();

        /** Whether the microphone is listened to all the time, and what is said is obeyed. */
        @WithDefault("false")
        boolean listen();

        /** Whether what is said is shown while it is, where the processor is fast enough. */
        @WithDefault("true")
        boolean partial();

        /** Whisper's size: {@code tiny} or {@code base}. */
        @WithDefault("base")
        String hearing();
    }

    /** The HTTP face, on loopback. */
    interface Http {
        @WithDefault("8080")
        int port();
    }

    /** The link to robot controllers. */
    interface Mqtt {
        /** The broker; without one, a broker is embedded on loopback. */
        Optional<String> url();

        /** The embedded broker's port; 0 takes any that is free. */
        @WithDefault("1883")
        int port();

        /** The first topic level. */
        @WithDefault("outrider")
        String root();

        Optional<String> username();

        /** Best given as the environment variable {@code OUTRIDER_MQTT_PASSWORD}. */
        Optional<String> password();

        /** A file that holds the password and nothing else. */
        Optional<Path> passwordFile();

        /** The largest request read, in bytes. */
        @WithDefault("65536")
        int maxPayload();
    }

    /** The cloud rung. */
    interface Cloud {
        /**
         * The base address of any OpenAI-compatible service, such as {@code https://host/v1}; of
         * several replicas, divided by commas, each is asked when the one before breaks.
         */
        Optional<String> url();

        @WithDefault("reasoner-large")
        String model();

        /** Best given as the environment variable {@code OUTRIDER_CLOUD_KEY}. */
        Optional<String> key();

        /** The longest a thought may take. */
        @WithDefault("PT20S")
        Duration limit();
    }

    /** The local rung. */
    interface Local {
        /**
         * A GGUF file, a name of the catalogue, {@code scout} for the built-in model, which is the
         * default, or {@code none}.
         */
        Optional<String> model();

        /** The context promised to the model, in tokens; less than the default is degraded. */
        @WithDefault("" + LlamaOptions.PROMISED_CONTEXT)
        int context();

        /** Threads that compute; without it, as many as prove fastest while running. */
        OptionalInt threads();

        /** How the context is stored: f16, q8_0 or q4_0; quantized is smaller and less exact. */
        @WithDefault("f16")
        String cacheType();

        /** The longest a thought may take. */
        @WithDefault("PT60S")
        Duration limit();
    }

    /** How commands are taken. */
    interface Commands {
        /** The deadline of a command that comes without one. */
        @WithDefault("PT5M")
        Duration deadline();

        /** The most that wait; more are refused as busy. */
        @WithDefault("64")
        int mostWaiting();

        /** How long answers are kept to be repeated. */
        @WithDefault("P7D")
        Duration retention();
    }

    /** Where the local model gives way to lighter rungs. */
    interface Limits {
        @WithDefault("85")
        double hottestCelsius();

        /** 0 to 1. */
        @WithDefault("0.15")
        double leastCharge();

        /** The share of memory available, 0 to 1. */
        @WithDefault("0.05")
        double leastMemory();

        /** Commands waiting. */
        @WithDefault("8")
        int mostQueued();
    }
}
