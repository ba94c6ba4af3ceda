package dev.outrider.ai;

/** Keeps DJL from reporting its use and from downloading anything: a robot calls nobody unasked. */
public final class DjlOffline {
    private DjlOffline() {}

    /** Before DJL does anything else. */
    public static void keep() {
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("DJL_OFFLINE", "true");
        System.setProperty("ai.djl.offline", "true");
    }
}
