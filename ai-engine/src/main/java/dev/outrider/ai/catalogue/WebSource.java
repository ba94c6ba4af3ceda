package dev.outrider.ai.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a file by HTTP into a file that may hold its beginning already. A connection that breaks,
 * stalls or is answered with a passing failure is tried again from where it was left; what cannot
 * be right (another size, a redirect away from HTTPS, a part that was not asked for) is not.
 *
 * @param timeout for connecting, and for the next bytes to come
 * @param attempts in a row that may bring nothing
 * @param pause before the next one
 * @param environment where {@code HF_TOKEN} is looked up, which is shown to Hugging Face alone
 */
record WebSource(Duration timeout, int attempts, Duration pause, Map<String, String> environment) {
    private static final int MOST_REDIRECTS = 8;
    private static final int BUFFER_BYTES = 1 << 16;

    /** Slower than this over a whole timeout counts as stalled, in bytes. */
    private static final int LEAST_PROGRESS = 1 << 10;

    private static final Pattern RANGE =
            Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");
    private static final String TOKEN_HOST = "huggingface.co";

    static WebSource standard() {
        return new WebSource(Duration.ofSeconds(30), 5, Duration.ofSeconds(3), System.getenv());
    }

    /** A failure that will not go away by asking again. */
    private static final class Hopeless extends IOException {
        private static final long serialVersionUID = 1;

        Hopeless(String message) {
            super(message);
        }
    }

    /**
     * Fetches the rest of a file.
     *
     * @param target that holds the beginning, or does not exist
     * @param size it must have, null if that is unknown
     * @param done told how many bytes there are
     * @throws IOException if it cannot be had; what was fetched stays for the next time unless it
     *     is certainly wrong
     */
    void fetch(URI uri, Path target, @Nullable Long size, LongConsumer done) throws IOException {
        boolean answered = false;
        for (int failures = 0; ; ) {
            long before = length(target);
            try {
                attempt(uri, target, size, done);
                return;
            } catch (Hopeless e) {
                throw e;
            } catch (IOException e) {
                boolean progress = length(target) - before >= LEAST_PROGRESS;
                answered |=
                        progress
                                || !(e instanceof SocketException
                                        || e instanceof UnknownHostException
                                        || e instanceof SocketTimeoutException);
                failures = progress ? 1 : failures + 1;
                if (failures >= (answered ? attempts : Math.min(2, attempts))) {
                    throw new IOException(
                            "%s after %d bytes: %s".formatted(uri, length(target), reason(e)), e);
                }
                rest();
            }
        }
    }

    private static String reason(IOException e) {
        if (e.getMessage() == null) {
            return e.getClass().getSimpleName();
        }
        return e.getMessage().equals("Premature EOF") ? "cut off" : e.getMessage();
    }

    private void rest() throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Hopeless("interrupted");
        }
    }

    private void attempt(URI uri, Path target, @Nullable Long size, LongConsumer done)
            throws IOException {
        long have = length(target);
        if (size != null && have == size) {
            return;
        }
        var answer = ask(uri, have, validator(target));
        try {
            long total = begin(answer, uri, target, size);
            have = length(target);
            long room = Files.getFileStore(target.toAbsolutePath().getParent()).getUsableSpace();
            requireRoom(total - have, room);
            copy(answer, target, total >= 0 ? total : -(have + room / 2), done);
        } finally {
            answer.disconnect();
        }
    }

    /** Follows redirects by hand, so that none leads away from HTTP or down from HTTPS. */
    private HttpURLConnection ask(URI uri, long have, Optional<String> validator)
            throws IOException {
        var next = uri;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            var connection = open(next);
            if (have > 0 && validator.isPresent()) {
                connection.setRequestProperty("Range", "bytes=%d-".formatted(have));
                connection.setRequestProperty("If-Range", validator.get());
            }
            int code = connection.getResponseCode();
            if (code / 100 != 3) {
                return connection;
            }
            var location = connection.getHeaderField("Location");
            connection.disconnect();
            next = redirected(next, location);
        }
        throw new Hopeless("%s is redirected more than %d times".formatted(uri, MOST_REDIRECTS));
    }

    private HttpURLConnection open(URI uri) throws IOException {
        var connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) timeout.toMillis());
        connection.setReadTimeout((int) timeout.toMillis());
        connection.setRequestProperty("Accept-Encoding", "identity");
        connection.setRequestProperty("User-Agent", "outrider");
        var token = environment.getOrDefault("HF_TOKEN", "");
        if (!token.isBlank()
                && TOKEN_HOST.equals(uri.getHost())
                && "https".equals(uri.getScheme())) {
            connection.setRequestProperty("Authorization", "Bearer " + token.strip());
        }
        return connection;
    }

    static URI redirected(URI from, @Nullable String location) throws IOException {
        try {
            var to = from.resolve(location == null ? "" : location);
            boolean down = "https".equals(from.getScheme()) && !"https".equals(to.getScheme());
            if (location != null
                    && !down
                    && to.getHost() != null
                    && ("http".equals(to.getScheme()) || "https".equals(to.getScheme()))) {
                return to;
            }
        } catch (IllegalArgumentException e) {
            // no address at all: refused below
        }
        throw new Hopeless(
                "%s is redirected to %s, which is not followed".formatted(from, location));
    }

    /** Judges the answer's head and readies the target; gives the whole size, -1 if unknown. */
    private static long begin(HttpURLConnection answer, URI uri, Path target, @Nullable Long size)
            throws IOException {
        int code = answer.getResponseCode();
        long total =
                switch (code) {
                    case 200 -> startOver(answer, target);
                    case 206 -> goOn(answer, target);
                    case 416 -> {
                        restart(target);
                        throw new IOException("it has no more than was fetched already");
                    }
                    case 401, 403 ->
                            throw new Hopeless(
                                    "%s answers %d: it wants to know who asks; accept the model's licence there and set HF_TOKEN, or use another source"
                                            .formatted(uri, code));
                    case 408, 425, 429, 500, 502, 503, 504 ->
                            throw new IOException("it answers " + code);
                    default -> throw new Hopeless("%s answers %d".formatted(uri, code));
                };
        var encoding = answer.getHeaderField("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new Hopeless("%s answers in the encoding %s".formatted(uri, encoding));
        }
        if (size != null && total >= 0 && total != size) {
            restart(target);
            throw new Hopeless(
                    "%s has %d bytes, and the catalogue says %d".formatted(uri, total, size));
        }
        return total >= 0 || size == null ? total : size;
    }

    private static long startOver(HttpURLConnection answer, Path target) throws IOException {
        restart(target);
        var tag = answer.getHeaderField("ETag");
        var validator =
                tag != null && !tag.startsWith("W/") ? tag : answer.getHeaderField("Last-Modified");
        if (validator != null) {
            Files.writeString(note(target), validator);
        }
        return answer.getContentLengthLong();
    }

    private static long goOn(HttpURLConnection answer, Path target) throws IOException {
        var header = Optional.ofNullable(answer.getHeaderField("Content-Range")).orElse("none");
        var range = RANGE.matcher(header);
        if (!range.matches()
                || Long.parseLong(range.group(1)) != length(target)
                || length(target) == 0) {
            restart(target);
            throw new IOException("it sends another part than was asked for: " + header);
        }
        return Long.parseLong(range.group(3));
    }

    private static void requireRoom(long bytes, long free) throws Hopeless {
        if (bytes > free) {
            throw new Hopeless(
                    "it needs %,d MB more on the disk, which has %,d MB: make room, or name another folder with XDG_CACHE_HOME"
                            .formatted(bytes >> 20, free >> 20));
        }
    }

    /**
     * Appends the body.
     *
     * @param total bytes of the whole file, or minus the most it may have where that is unknown
     */
    private void copy(HttpURLConnection answer, Path target, long total, LongConsumer done)
            throws IOException {
        var buffer = new byte[BUFFER_BYTES];
        long at = length(target);
        long mark = at;
        long since = System.nanoTime();
        try (InputStream in = answer.getInputStream();
                var out =
                        Files.newOutputStream(
                                target, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                at += n;
                if (at > Math.abs(total)) {
                    restart(target);
                    throw new Hopeless("it sends more than %d bytes".formatted(Math.abs(total)));
                }
                out.write(buffer, 0, n);
                done.accept(at);
                if (System.nanoTime() - since > timeout.toNanos()) {
                    if (at - mark < LEAST_PROGRESS) {
                        throw new IOException("stalled");
                    }
                    mark = at;
                    since = System.nanoTime();
                }
            }
        }
        if (total >= 0 && at < total) {
            throw new IOException("cut off at %d of %d bytes".formatted(at, total));
        }
    }

    private static void restart(Path target) throws IOException {
        Files.deleteIfExists(target);
        Files.deleteIfExists(note(target));
    }

    private static Optional<String> validator(Path target) throws IOException {
        var note = note(target);
        return Files.isRegularFile(note) ? Optional.of(Files.readString(note)) : Optional.empty();
    }

    private static Path note(Path target) {
        return target.resolveSibling(target.getFileName() + ".etag");
    }

    private static long length(Path target) throws IOException {
        return Files.isRegularFile(target) ? Files.size(target) : 0;
    }
}
