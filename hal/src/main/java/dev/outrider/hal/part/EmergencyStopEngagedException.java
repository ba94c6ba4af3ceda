package dev.outrider.hal.part;

/** An actuator was commanded while the emergency stop is engaged; nothing moved. */
public final class EmergencyStopEngagedException extends PartException {

    private static final long serialVersionUID = 1L;

    public EmergencyStopEngagedException(String part, String attempted, String engagement) {
        super(part, attempted, "refused, the emergency stop is engaged: " + engagement);
    }
}
