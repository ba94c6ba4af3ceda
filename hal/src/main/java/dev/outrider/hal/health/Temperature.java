package dev.outrider.hal.health;

import java.util.Locale;
import java.util.regex.Pattern;

/** What one of the host's thermal zones measures, in degrees Celsius. */
public record Temperature(String zone, double celsius) {

    private static final Pattern CPU =
            Pattern.compile("cpu.*|x86_pkg_temp|soc.*|tj-thermal|coretemp.*|k10temp.*");

    /** Whether the zone lies on or beside the processor, by the names Linux drivers give them. */
    public boolean cpu() {
        return CPU.matcher(zone.toLowerCase(Locale.ROOT)).matches();
    }
}
