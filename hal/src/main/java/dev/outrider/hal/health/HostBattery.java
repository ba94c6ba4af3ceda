package dev.outrider.hal.health;

/**
 * The host's own battery.
 *
 * @param charge 0..1
 * @param external whether the host says that it runs on outside power
 */
public record HostBattery(double charge, boolean external) {

    public HostBattery {
        if (!(charge >= 0 && charge <= 1)) {
            throw new IllegalArgumentException("a charge lies within 0..1, not " + charge);
        }
    }
}
