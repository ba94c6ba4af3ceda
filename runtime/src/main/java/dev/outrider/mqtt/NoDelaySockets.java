package dev.outrider.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Sockets that send at once; Nagle's algorithm makes a round trip of 0.1 ms one of 40 and more. */
final class NoDelaySockets extends SocketFactory {

    @Override
    public Socket createSocket() throws IOException {
        return atOnce(new Socket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return atOnce(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
            throws IOException {
        return atOnce(new Socket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return atOnce(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
            throws IOException {
        return atOnce(new Socket(host, port, local, localPort));
    }

    static <S extends Socket> S atOnce(S socket) throws IOException {
        socket.setTcpNoDelay(true);
        return socket;
    }
}
