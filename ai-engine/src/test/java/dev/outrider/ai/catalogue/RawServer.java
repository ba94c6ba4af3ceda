package dev.outrider.ai.catalogue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP server on loopback that answers with the bytes it is told, right or wrong: connection
 * after connection the next answer, the last one for all that follow.
 */
final class RawServer implements AutoCloseable {
    private final ServerSocket socket;
    private final List<Answer> answers;
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

    record Request(String path, Map<String, String> headers) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "none");
        }

        /** First byte asked for, 0 unless a range was. */
        int from() {
            var range = header("Range");
            return range.equals("none")
                    ? 0
                    : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        }
    }

    @FunctionalInterface
    interface Answer {
        void to(Request request, OutputStream out) throws Exception;
    }

    RawServer(Answer... answers) throws IOException {
        this.answers = List.of(answers);
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + path);
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** A plain, correct server of one file, with ranges and a strong tag. */
    static Answer file(byte[] content) {
        return (request, out) -> {
            boolean part = request.from() > 0 && request.header("If-Range").equals("\"tag\"");
            int from = part ? request.from() : 0;
            head(
                    out,
                    part ? "206 Partial Content" : "200 OK",
                    "ETag: \"tag\"",
                    part
                            ? "Content-Range: bytes %d-%d/%d"
                                    .formatted(from, content.length - 1, content.length)
                            : "Accept-Ranges: bytes",
                    "Content-Length: " + (content.length - from));
            out.write(content, from, content.length - from);
        };
    }

    /** The same, but the connection breaks after so many bytes of the body. */
    static Answer cut(byte[] content, int bytes) {
        return (request, out) -> {
            head(out, "200 OK", "ETag: \"tag\"", "Content-Length: " + content.length);
            out.write(content, 0, bytes);
        };
    }

    static Answer status(String status, String... headers) {
        return (request, out) -> {
            var all = Arrays.copyOf(headers, headers.length + 1);
            all[headers.length] = "Content-Length: 0";
            head(out, status, all);
        };
    }

    static void head(OutputStream out, String status, String... headers) throws IOException {
        out.write(
                "HTTP/1.1 %s\r\nConnection: close\r\n%s\r\n\r\n"
                        .formatted(status, String.join("\r\n", headers))
                        .getBytes(ISO_8859_1));
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                Thread.ofVirtual().start(() -> answer(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void answer(Socket connection) {
        try (connection) {
            var in =
                    new BufferedReader(
                            new InputStreamReader(connection.getInputStream(), ISO_8859_1));
            var first = in.readLine();
            if (first == null) {
                return;
            }
            var headers = new TreeMap<String, String>();
            for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                var pair = line.split(": ", 2);
                headers.put(pair[0].toLowerCase(Locale.ROOT), pair[1]);
            }
            var request = new Request(first.split(" ", 3)[1], headers);
            Answer answer;
            synchronized (requests) {
                answer = answers.get(Math.min(requests.size(), answers.size() - 1));
                requests.add(request);
            }
            answer.to(request, connection.getOutputStream());
            connection.getOutputStream().flush();
        } catch (Exception e) {
            // the client went away, as some tests want it to
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
