package dev.outrider.gateway.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection of a {@link FaultUpstream}. Every pause also notices that the caller left. */
final class FaultConnection {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

    /** CR LF CR LF. */
    private static final int END_OF_HEAD = 0x0d0a0d0a;

    private static final Duration FOREVER = Duration.ZERO;
    private static final Duration TRICKLE = Duration.ofMillis(50);
    private static final int OVERSIZE_BYTES = 32 * 1024 * 1024;

    private final FaultUpstream upstream;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    FaultConnection(FaultUpstream upstream, Socket socket) throws IOException {
        this.upstream = upstream;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    void serve() throws IOException {
        Fault atOnce = upstream.script().fault();
        if (atOnce == Fault.RESET_AT_ONCE || atOnce == Fault.FIN_AT_ONCE) {
            cut(atOnce == Fault.RESET_AT_ONCE);
            return;
        }
        while (!socket.isClosed()) {
            in.mark(1);
            if (in.read() < 0) {
                return;
            }
            in.reset();
            FaultUpstream.Asked asked = read();
            upstream.begun(asked);
            try {
                new FaultAnswer(this, upstream, asked).send();
            } finally {
                upstream.ended();
            }
        }
    }

    private FaultUpstream.Asked read() throws IOException {
        StringBuilder head = new StringBuilder();
        for (int last = 0; last != END_OF_HEAD; ) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the caller left in its head");
            }
            head.append((char) next);
            last = last << 8 | next;
        }
        Matcher length = LENGTH.matcher(head);
        byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        return new FaultUpstream.Asked(head.toString(), new String(body, StandardCharsets.UTF_8));
    }

    void write(String text) throws IOException {
        write(Answers.bytes(text));
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
        upstream.sent();
    }

    /** Waits, and fails at once if the caller leaves meanwhile. */
    void pause(Duration pause) throws IOException {
        if (!pause.isZero()) {
            waitForLeave(pause);
        }
    }

    /** Waits until the caller leaves. */
    void hang() throws IOException {
        waitForLeave(FOREVER);
    }

    private void waitForLeave(Duration longest) throws IOException {
        socket.setSoTimeout((int) longest.toMillis());
        try {
            in.mark(1);
            if (in.read() < 0) {
                throw new EOFException("the caller left");
            }
            in.reset();
        } catch (SocketTimeoutException e) {
            return; // the caller is still there
        } finally {
            socket.setSoTimeout(0);
        }
    }

    /** Sends the text again and again until the caller leaves. */
    void repeat(String text) throws IOException {
        while (true) {
            write(text);
            pause(TRICKLE);
        }
    }

    void oversize(String filler) throws IOException {
        byte[] block = Answers.bytes(filler.repeat(64 * 1024 / filler.length()));
        for (int sent = 0; sent < OVERSIZE_BYTES; sent += block.length) {
            write(block);
        }
    }

    /** Ends the connection, by reset or in order. */
    void cut(boolean reset) throws IOException {
        if (reset) {
            socket.setSoLinger(true, 0);
        }
        socket.close();
    }
}
