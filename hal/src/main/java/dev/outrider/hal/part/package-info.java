/**
 * What a robot has: one small interface a kind of part, and the values they speak in. Metres,
 * metres per second, degrees (left, counter-clockwise, positive per REP 103), charge 0..1. No
 * device code enters here. Parts may be called from any thread; every implementation guards its own
 * state.
 */
@NullMarked
package dev.outrider.hal.part;

import org.jspecify.annotations.NullMarked;
