package dev.outrider.hal.part;

/** Speaks. It moves nothing and may be used while stopped; its safe state is silence. */
public interface Speaker extends Part {

    /**
     * Says the text; returns once it has been handed over, not once it has been heard.
     *
     * @throws IllegalArgumentException if the text is blank
     */
    void say(String text);

    @Override
    default PartSheet sheet() {
        return PartSheet.actuator(
                "speaker",
                "silent",
                PartSheet.commanded("text", "characters", 1, Integer.MAX_VALUE));
    }
}
