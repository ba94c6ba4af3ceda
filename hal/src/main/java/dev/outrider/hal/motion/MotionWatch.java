package dev.outrider.hal.motion;

/** Follows a motion and may end it. Called once a control period, on the moving thread. */
public interface MotionWatch {

    /** How much is done, from 0 to 1; never goes down within one motion. */
    void progress(double fraction);

    /** Whether the motion should come to a stop and end as cancelled. */
    boolean cancelled();

    /** Sees nothing and lets every motion run to its end. */
    static MotionWatch none() {
        return new MotionWatch() {
            @Override
            public void progress(double fraction) {}

            @Override
            public boolean cancelled() {
                return false;
            }
        };
    }
}
