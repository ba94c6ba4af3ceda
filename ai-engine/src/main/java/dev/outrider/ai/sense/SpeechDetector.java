package dev.outrider.ai.sense;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.outrider.ai.openvino.Deployment;
import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.sense.SpeechSegments.Bounds;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.intel.openvino.ElementType;
import org.intel.openvino.InferRequest;
import org.intel.openvino.OpenVinoException;
import org.intel.openvino.Tensor;

/** Tells speech from silence and noise, 32 ms at a time, by Silero's model for 16 kHz. */
public final class SpeechDetector implements AutoCloseable {
    /** Name of its model in the catalogue. */
    public static final String MODEL = "silero-vad-16k";

    /** Samples it hears at a time: 32 ms at 16 kHz. */
    public static final int CHUNK = 512;

    private static final int CONTEXT = 64;
    private static final int STATE = 256;
    private static final Bounds BOUNDS = new Bounds(3, 3, 9, Integer.MAX_VALUE);

    private final Deployment<Network> network;

    private SpeechDetector(Deployment<Network> network) {
        this.network = network;
    }

    /**
     * Loads the model; close it to free its memory.
     *
     * @throws SenseException if it cannot be used; the message says why
     */
    public static SpeechDetector open(Path model, Devices devices) {
        var network = Network.deploy(model, devices, Network.EXACT);
        var detector = new SpeechDetector(network);
        try (var stream = detector.listen()) {
            stream.hear(new float[CHUNK]);
        } catch (OpenVinoException e) {
            network.close();
            throw new SenseException(
                    "%s is not Silero's model for OpenVINO: %s".formatted(model, e.getMessage()),
                    e);
        } catch (SenseException.Cancelled e) {
            network.close();
            throw e;
        }
        return detector;
    }

    /** Begins to listen to one source of sound. */
    public Stream listen() {
        return new Stream(network.use(Network::request));
    }

    /** Sound that comes chunk by chunk; belongs to one thread. */
    public static final class Stream implements AutoCloseable {
        private final InferRequest request;
        private final Tensor input = new Tensor(ElementType.f32, 1, CONTEXT + CHUNK);
        private final Tensor probability = new Tensor(ElementType.f32, 1, 1);
        private final Tensor[] states = {
            new Tensor(ElementType.f32, 2, 1, STATE / 2),
            new Tensor(ElementType.f32, 2, 1, STATE / 2)
        };
        private int turn;

        private Stream(InferRequest request) {
            this.request = request;
            request.set_tensor("input", input);
            request.set_tensor("output", probability);
        }

        /** How likely the next 512 samples of 16 kHz are speech, 0..1. */
        public double hear(float[] chunk) {
            if (chunk.length != CHUNK) {
                throw new IllegalArgumentException(
                        "a chunk of %d samples instead of %d".formatted(chunk.length, CHUNK));
            }
            var memory = input.segment();
            MemorySegment.copy(memory, 4L * CHUNK, memory, 0, 4L * CONTEXT);
            MemorySegment.copy(chunk, 0, memory, JAVA_FLOAT, 4L * CONTEXT, CHUNK);
            request.set_tensor("state", states[turn]);
            turn = 1 - turn;
            request.set_tensor("stateN", states[turn]);
            if (Thread.currentThread().isInterrupted()) {
                throw new SenseException.Cancelled();
            }
            request.infer();
            return probability.segment().get(JAVA_FLOAT, 0);
        }

        @Override
        public void close() {
            request.close();
        }
    }

    /**
     * A stretch of speech.
     *
     * @param from second it begins
     * @param to second it ends
     */
    public record Speech(double from, double to) {
        static Speech of(SpeechSegments.Segment segment) {
            double seconds = (double) CHUNK / Sound.SPEECH_RATE;
            return new Speech(segment.from() * seconds, segment.to() * seconds);
        }
    }

    /** Where there is speech in a sound. */
    public List<Speech> find(Sound sound) {
        var samples = sound.at(Sound.SPEECH_RATE).samples();
        var found = new ArrayList<Speech>();
        var segments = new SpeechSegments(BOUNDS);
        try (var stream = listen()) {
            for (int at = 0; at + CHUNK <= samples.length; at += CHUNK) {
                segments.next(stream.hear(Arrays.copyOfRange(samples, at, at + CHUNK)))
                        .ifPresent(segment -> found.add(Speech.of(segment)));
            }
        }
        segments.end().ifPresent(segment -> found.add(Speech.of(segment)));
        return found;
    }

    @Override
    public void close() {
        network.close();
    }
}
