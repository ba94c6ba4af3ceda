package dev.outrider.mqtt;

/** Who the robot is to its broker. The password shows in no text. */
public record Credentials(String user, String password) {

    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}
