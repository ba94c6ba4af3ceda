package dev.outrider.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/** {@link NoDelaySockets} with TLS around them. */
final class NoDelayTlsSockets extends SSLSocketFactory {

    private final SSLSocketFactory tls;

    NoDelayTlsSockets(SSLSocketFactory tls) {
        this.tls = tls;
    }

    @Override
    public Socket createSocket() throws IOException {
        return NoDelaySockets.atOnce(tls.createSocket());
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean close)
            throws IOException {
        return NoDelaySockets.atOnce(tls.createSocket(socket, host, port, close));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return NoDelaySockets.atOnce(tls.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
            throws IOException {
        return NoDelaySockets.atOnce(tls.createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return NoDelaySockets.atOnce(tls.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
            throws IOException {
        return NoDelaySockets.atOnce(tls.createSocket(host, port, local, localPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.getSupportedCipherSuites();
    }
}
