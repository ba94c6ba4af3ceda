package dev.outrider.mqtt;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a broker listens.
 *
 * @param encrypted whether it speaks TLS
 */
public record BrokerUrl(String host, int port, boolean encrypted) {

    public BrokerUrl {
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not a broker's address: " + host + ":" + port);
        }
    }

    /**
     * Reads {@code mqtt://host:1883}, {@code mqtts://host:8883}, or the same with {@code tcp} and
     * {@code ssl}; the ports shown are the defaults.
     *
     * @throws IllegalArgumentException naming what is wrong; never with a password in it
     */
    public static BrokerUrl parse(String text) {
        URI uri = uri(text);
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "a broker's url carries no user name or password; configure them on their own");
        }
        boolean encrypted =
                switch (uri.getScheme() == null ? "" : uri.getScheme()) {
                    case "mqtt", "tcp" -> false;
                    case "mqtts", "ssl" -> true;
                    default ->
                            throw new IllegalArgumentException(
                                    "a broker's url begins with mqtt:// or mqtts://");
                };
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("a broker's url names a host: mqtt://host:1883");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : encrypted ? 8883 : 1883;
        return new BrokerUrl(uri.getHost(), port, encrypted);
    }

    @Override
    public String toString() {
        return (encrypted ? "mqtts://" : "mqtt://") + host + ":" + port;
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "not a url: a broker's reads mqtt://host:1883 (" + e.getReason() + ")", e);
        }
    }
}
