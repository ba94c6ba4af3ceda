package dev.outrider.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A broker that does to each connection what the test says; the last script goes on. */
final class ScriptedBroker implements AutoCloseable {

    static final int CONNECT = 1;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int SUBSCRIBE = 8;
    static final int PINGREQ = 12;

    static final byte[] NO_PROPERTIES = {};

    final List<Wire> connections = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private final List<Script> scripts;

    /** What is done to a connection. */
    interface Script {
        void run(Wire wire) throws IOException;
    }

    /** A packet's type, flags and body. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Packet(int type, int flags, byte[] body) {

        int packetId() {
            int topic = type == PUBLISH ? 2 + unsigned(0) : 0;
            return unsigned(topic);
        }

        private int unsigned(int at) {
            return ByteBuffer.wrap(body).getShort(at) & 0xffff;
        }
    }

    ScriptedBroker(ServerSocket server, Script... scripts) {
        this.server = server;
        this.scripts = List.of(scripts);
        Thread.ofVirtual().start(this::accept);
    }

    ScriptedBroker(Script... scripts) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), scripts);
    }

    BrokerUrl url() {
        return new BrokerUrl("127.0.0.1", server.getLocalPort(), false);
    }

    /** Does all that a broker does, and then what else the test wants of each packet. */
    static Script polite(PacketScript more) {
        return wire -> {
            wire.read();
            wire.connack(NO_PROPERTIES);
            wire.serve(more, true);
        };
    }

    static Script polite() {
        return polite((wire, packet) -> {});
    }

    /** What is done about a packet. */
    interface PacketScript {
        void on(Wire wire, Packet packet) throws IOException;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Wire wire = new Wire(server.accept());
                Script script = scripts.get(Math.min(connections.size(), scripts.size() - 1));
                connections.add(wire);
                Thread.ofVirtual().start(() -> wire.run(script));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Wire wire : connections) {
            wire.close();
        }
    }

    /** One connection, and the packets read from it. */
    static final class Wire {

        final List<Packet> packets = new CopyOnWriteArrayList<>();
        private final Socket socket;
        private final DataInputStream in;
        private final OutputStream out;

        Wire(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new DataInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        private void run(Script script) {
            try {
                script.run(this);
            } catch (IOException e) {
                // the other side went away, as many of these tests want
            }
        }

        List<Packet> ofType(int type) {
            return packets.stream().filter(packet -> packet.type() == type).toList();
        }

        Packet read() throws IOException {
            int head = in.readUnsignedByte();
            int length = 0;
            int shift = 0;
            int digit;
            do {
                digit = in.readUnsignedByte();
                length |= (digit & 0x7f) << shift;
                shift += 7;
            } while ((digit & 0x80) != 0);
            byte[] body = new byte[length];
            in.readFully(body);
            Packet packet = new Packet(head >> 4, head & 0x0f, body);
            packets.add(packet);
            return packet;
        }

        void serve(PacketScript more, boolean takes) throws IOException {
            while (true) {
                Packet packet = read();
                if (packet.type() == SUBSCRIBE) {
                    int id = packet.packetId();
                    write(
                            0x90,
                            (byte) (id >> 8),
                            (byte) id,
                            (byte) 0,
                            (byte) 1,
                            (byte) 1,
                            (byte) 1);
                } else if (packet.type() == PINGREQ && takes) {
                    write(0xd0);
                } else if (packet.type() == PUBLISH && takes && packet.flags() >> 1 == 1) {
                    puback(packet, 0);
                }
                more.on(this, packet);
            }
        }

        void connack(byte[] properties) throws IOException {
            byte[] body = new byte[3 + properties.length];
            body[2] = (byte) properties.length;
            System.arraycopy(properties, 0, body, 3, properties.length);
            write(0x20, body);
        }

        void puback(Packet publish, int reason) throws IOException {
            int id = publish.packetId();
            write(0x40, (byte) (id >> 8), (byte) id, (byte) reason);
        }

        void publish(String topic, int id, String payload) throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            byte[] name = (TestClient.ROOT + topic).getBytes(UTF_8);
            body.write(0);
            body.write(name.length);
            body.write(name);
            body.write(id >> 8);
            body.write(id);
            body.write(0);
            body.write(payload.getBytes(UTF_8));
            write(0x32, body.toByteArray());
        }

        synchronized void write(int head, byte... body) throws IOException {
            ByteArrayOutputStream packet = new ByteArrayOutputStream();
            packet.write(head);
            int length = body.length;
            while (length >= 128) {
                packet.write(length % 128 | 0x80);
                length /= 128;
            }
            packet.write(length);
            packet.write(body);
            out.write(packet.toByteArray());
            out.flush();
        }

        void close() throws IOException {
            socket.close();
        }
    }
}
