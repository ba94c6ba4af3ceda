package dev.outrider.mqtt;

import java.util.List;
import java.util.Optional;

/** The robot's topics, {@code <root>/v1/<robot>/…}. */
record Topics(String root, String robot) {

    /** The client of requests that bring no reply address. */
    static final String ANONYMOUS = "anonymous";

    private static final int MAX_LEVEL = 128;

    String of(String last) {
        return root + "/v1/" + robot + "/" + last;
    }

    String conn() {
        return of("conn");
    }

    String emergencyStop() {
        return of("estop");
    }

    String response(String client) {
        return of("rsp/" + client);
    }

    /** What the robot listens to. */
    List<String> subscriptions() {
        return List.of(emergencyStop(), of("req/+"), of("ack/+"));
    }

    /** The kind of request sent to that topic. */
    Optional<String> kind(String topic) {
        return below("req/", topic);
    }

    /** The client that acknowledges on that topic. */
    Optional<String> acknowledger(String topic) {
        return below("ack/", topic);
    }

    /** The client that listens to that response topic, if it is the robot's to write. */
    Optional<String> client(String topic) {
        return below("rsp/", topic).filter(Topics::isLevel);
    }

    /** The client of that name, or of that response topic. */
    Optional<String> named(String nameOrTopic) {
        return isLevel(nameOrTopic) ? Optional.of(nameOrTopic) : client(nameOrTopic);
    }

    static void requireLevel(String what, String name) {
        if (!isLevel(name)) {
            throw new IllegalArgumentException(
                    what + " is one level of a topic: 1 to " + MAX_LEVEL + " characters, no / + #");
        }
    }

    private static boolean isLevel(String name) {
        return !name.isBlank()
                && name.length() <= MAX_LEVEL
                && name.chars().noneMatch(c -> "/+#".indexOf(c) >= 0 || Character.isISOControl(c));
    }

    /** What follows the robot's name in a topic of this robot. */
    Optional<String> branch(String topic) {
        return below("", topic);
    }

    private Optional<String> below(String branch, String topic) {
        String prefix = of(branch);
        return topic.startsWith(prefix)
                ? Optional.of(topic.substring(prefix.length()))
                : Optional.empty();
    }
}
