package dev.outrider.gateway.upstream;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One request as the robot sent it. Its bytes are kept and only spliced: the model's name is
 * replaced by the upstream's, and a stream is made to report its usage; all else reaches the
 * upstream as it came.
 *
 * @param model the name the robot asked for
 * @param usageWanted whether the robot itself asked for the usage of its stream
 * @param modelValue where the model's JSON string stands in the body
 * @param usageEdit what makes a stream report its usage; null where nothing needs to change
 */
public record Ask(
        Endpoint endpoint,
        String model,
        boolean streaming,
        boolean usageWanted,
        Buffer body,
        Span modelValue,
        @Nullable Edit usageEdit) {

    /** A range of bytes in the body. */
    public record Span(int from, int to) {}

    /** A replacement of a range of bytes. */
    public record Edit(Span span, String text) {}

    /** The body to send to an upstream that calls the model {@code upstreamModel}. */
    Buffer bodyFor(String upstreamModel) {
        Edit model = new Edit(modelValue, Json.quoted(upstreamModel));
        Buffer spliced = Buffer.buffer(body.length() + upstreamModel.length() + 64);
        if (usageEdit == null) {
            return rest(spliced, apply(spliced, 0, model));
        }
        boolean modelFirst = modelValue.from() < usageEdit.span().from();
        int done = apply(spliced, 0, modelFirst ? model : usageEdit);
        return rest(spliced, apply(spliced, done, modelFirst ? usageEdit : model));
    }

    private int apply(Buffer target, int done, Edit edit) {
        target.appendBuffer(body.slice(done, edit.span().from()));
        target.appendBytes(edit.text().getBytes(StandardCharsets.UTF_8));
        return edit.span().to();
    }

    private Buffer rest(Buffer target, int done) {
        return target.appendBuffer(body.slice(done, body.length()));
    }

    /** What can be asked of an upstream. */
    public enum Endpoint {
        CHAT("/chat/completions"),
        EMBEDDINGS("/embeddings");

        private final String path;

        Endpoint(String path) {
            this.path = path;
        }

        /** The path below an upstream's base address. */
        public String path() {
            return path;
        }
    }
}
